// Lists of scopes as the server reads them: names with spaces between, known to Twitch or refused.

import { retiredScopes, scopes } from '../wire/scopes.ts'
import { type Refusal, refuse } from './answers.ts'

/** The names in the list, each once, in their order. */
export function readScopes(text: string | undefined): readonly string[] {
  return [...new Set((text ?? '').split(' '))].filter((name) => name !== '')
}

/** The refusal of the first name that can't be asked for, if there is one. */
export function scopeProblem(text: string | undefined): Refusal | undefined {
  const unknown = readScopes(text).find(
    (name) =>
      !scopes.some((entry) => entry.name === name) && !retiredScopes.some((entry) => entry.name === name),
  )
  return unknown === undefined ? undefined : refuse(400, `invalid scope requested: '${unknown}'`)
}
