// What words mean by the table of commands: which command they call, and which flags they give. Nothing is refused here.

import type { FlagSpec, FlagSpecs } from './command.ts'
import { globalFlags, helpFlag } from './globals.ts'

/** Which command words call. */
export interface Call {
  /** The words of its name, or of a part of it: `token print`, or `mock-auth`. Empty for the program itself. */
  readonly path: readonly string[]
  /** The global flags that stand in front of those words or among them, with their values. */
  readonly before: readonly string[]
  /** All that comes behind. */
  readonly rest: readonly string[]
}

/** Finds the longest name that the words begin with, whatever global flags stand among them. @param names of all commands */
export function findCall(words: readonly string[], names: readonly string[]): Call {
  const flags = { ...globalFlags, ...helpFlag }
  const path: string[] = []
  const before: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    const length = flagLength(word, flags)
    if (length !== undefined && at + length <= words.length) {
      before.push(...words.slice(at, at + length))
      at += length - 1
    } else if (names.some((name) => `${name} `.startsWith(`${[...path, word].join(' ')} `))) {
      path.push(word)
    } else {
      return { path, before, rest: words.slice(at) }
    }
  }
  return { path, before, rest: [] }
}

/** How many words a long or short flag takes up, its value included; undefined if it is none of these. */
function flagLength(word: string, flags: FlagSpecs): number | undefined {
  const [given = ''] = word.split('=')
  const found = Object.entries<FlagSpec>(flags).find(
    ([name, { short }]) => given === `--${name}` || (short !== undefined && word === `-${short}`),
  )
  if (found === undefined || (found[1].value === undefined && given !== word)) return undefined
  return found[1].value !== undefined && given === word ? 2 : 1
}

/** A flag that was given, by its long name. */
export interface GivenFlag {
  readonly name: string
  readonly value: string | undefined
}

/** What the words behind a command's name give. */
export interface Reading {
  readonly given: readonly GivenFlag[]
  /** The words that are no flags. */
  readonly words: readonly string[]
  /** The flag that the words end with, and that still needs its value. */
  readonly awaiting: FlagSpec | undefined
  /** Whether what follows is no flag, whatever it looks like. */
  readonly closed: boolean
}

/** Reads flags and arguments; a flag that nobody declared is taken for a switch. @param passThrough whether the first argument ends the flags */
export function readFlags(words: readonly string[], flags: FlagSpecs, passThrough = false): Reading {
  const given: GivenFlag[] = []
  const others: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (word === '--')
      return { given, words: [...others, ...words.slice(at + 1)], awaiting: undefined, closed: true }
    const read = readFlag(word, flags)
    if (read === undefined) {
      others.push(word)
      if (passThrough) return { given, words: words.slice(at), awaiting: undefined, closed: true }
      continue
    }
    given.push(...read.switches.map((name) => ({ name, value: undefined })))
    if (read.last === undefined) continue
    const { name, spec, value } = read.last
    if (value === undefined && ++at >= words.length)
      return { given, words: others, awaiting: spec, closed: false }
    given.push({ name, value: value ?? words[at] })
  }
  return { given, words: others, awaiting: undefined, closed: false }
}

/** What one word gives: `--name`, `--name=value`, `-n`, `-nvalue`, or several switches as in `-ab`. */
export interface ReadFlag {
  readonly switches: readonly string[]
  /** The flag at its end that takes a value, with as much of it as is in the word. */
  readonly last:
    | { readonly name: string; readonly spec: FlagSpec; readonly value: string | undefined }
    | undefined
}

/** Reads one word; undefined if it is no flag. */
export function readFlag(word: string, flags: FlagSpecs): ReadFlag | undefined {
  if (!/^-./.test(word)) return undefined
  return word.startsWith('--') ? readLong(word, flags) : readShort(word, flags)
}

function readLong(word: string, flags: FlagSpecs): ReadFlag {
  const [, name = '', value] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? []
  const spec = Object.hasOwn(flags, name) ? flags[name] : undefined
  if (spec?.value === undefined) return { switches: [name], last: undefined }
  return { switches: [], last: { name, spec, value } }
}

function readShort(word: string, flags: FlagSpecs): ReadFlag {
  const switches: string[] = []
  for (let at = 1; at < word.length; at++) {
    const found = Object.entries(flags).find(([, { short }]) => short === word[at])
    if (found === undefined) return { switches: [...switches, word.charAt(at)], last: undefined }
    const [name, spec] = found
    if (spec.value !== undefined) {
      const value = word.slice(at + 1)
      return { switches, last: { name, spec, value: value === '' ? undefined : value } }
    }
    switches.push(name)
  }
  return { switches, last: undefined }
}

/** The name in a word that is a flag, without a value: that may be a secret. */
export function flagName(word: string): string {
  return /^(?:--[^=\s]+|-.)/.exec(word)?.[0] ?? 'of that name'
}
