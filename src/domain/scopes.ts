// Lists of scopes as people write them, checked against those that Twitch knows.

import { type RetiredScopeEntry, type ScopeEntry, retiredScopes, scopes } from '../wire/scopes.ts'
import { alike } from './alike.ts'
import { Failure } from './failure.ts'
import { printable } from './printable.ts'

const SUGGESTIONS = 3

/**
 * Reads lists of scopes: spaces, commas or plus signs between them, stray quotes, and repeats are let by.
 *
 * @param allowUnknown let names by that nobody knows; Twitch may have new ones
 * @throws Failure `usage` for a name that can't be asked for, with what to ask for instead
 */
export function parseScopes(texts: readonly string[], allowUnknown: boolean): readonly string[] {
  const names = texts.flatMap((text) => text.toLowerCase().split(/[\s,+'"`]+/)).filter((name) => name !== '')
  for (const name of allowUnknown ? [] : names) checkScope(name)
  return [...new Set(names)]
}

/** Which names stand in one list and not in the other. */
export function compareScopes(
  asked: readonly string[],
  granted: readonly string[],
): { readonly missing: readonly string[]; readonly extra: readonly string[] } {
  return {
    missing: asked.filter((name) => !granted.includes(name)),
    extra: granted.filter((name) => !asked.includes(name)),
  }
}

/**
 * The scopes that have every one of the words in their name or description; all of them if there are no words.
 *
 * @throws Failure `usage` when there is none
 */
export function findScopes(words: readonly string[]): readonly ScopeEntry[] {
  const wanted = words.map((word) => word.toLowerCase())
  const found = scopes.filter(({ name, description }) =>
    wanted.every((word) => `${name} ${description.toLowerCase()}`.includes(word)),
  )
  if (found.length > 0) return found
  const near = nearest(wanted.join(':')).join(', ')
  throw new Failure(
    'usage',
    'no_scope_found',
    `No scope has "${printable(words.join(' '))}" in its name or description.`,
    {
      hint: near === '' ? 'List them all: twitch token scopes' : `Did you mean ${near}?`,
    },
  )
}

/** Names with their descriptions, those of retired and unknown scopes too. */
export function describeScopes(names: readonly string[]): readonly ScopeEntry[] {
  return names.map((name) => {
    const known =
      scopes.find((entry) => entry.name === name) ?? retiredScopes.find((entry) => entry.name === name)
    return { name, description: known?.description ?? 'Not in our list of scopes.' }
  })
}

function checkScope(name: string): void {
  if (scopes.some((entry) => entry.name === name)) return
  const retired = retiredScopes.find((entry) => entry.name === name)
  throw retired === undefined ? unknown(name) : gone(retired)
}

function unknown(name: string): Failure {
  const near = nearest(name).join(', ')
  return new Failure('usage', 'unknown_scope', `Twitch has no scope "${printable(name)}".`, {
    hint: `${near === '' ? 'See' : `Did you mean ${near}? See`} https://dev.twitch.tv/docs/authentication/scopes; --allow-unknown-scopes sends it as it is`,
  })
}

function gone({ name, successors }: RetiredScopeEntry): Failure {
  return new Failure('usage', 'retired_scope', `Twitch has retired the scope "${name}".`, {
    hint:
      successors.length === 0
        ? 'Nothing has taken its place: leave it out'
        : `Ask for ${successors.join(' and ')} instead`,
  })
}

/** The names that were probably meant: those that contain it, or all of its words, before those that are spelled alike. */
function nearest(name: string): readonly string[] {
  const words = name.split(/[:_.-]/).filter((word) => word !== '')
  const names = scopes.map((entry) => entry.name)
  const contained = names.filter((each) => each.includes(name) || words.every((word) => each.includes(word)))
  return [...new Set([...contained, ...alike(name, names)])].slice(0, SUGGESTIONS)
}
