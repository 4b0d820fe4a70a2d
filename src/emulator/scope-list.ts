// Lists of scopes as the server reads them: names with spaces between, known to Twitch or refused.

import { retiredScopes, scopes } from '../wire/scopes.ts'
import { type Refusal, refuse } from './answers.ts'

const CHAT_LOGIN_MESSAGE =
  'Sorry, the scope you are requesting is currently unavailable. Please request new scopes documented at https://dev.twitch.tv/docs/authentication/#chat-and-pubsub.'

/** The names in the list, each once, in their order. */
export function readScopes(text: string | undefined): readonly string[] {
  return [...new Set((text ?? '').split(' '))].filter((name) => name !== '')
}

/** The refusal of the first name that can't be asked for, if there is one. */
export function scopeProblem(text: string | undefined): Refusal | undefined {
  const names = readScopes(text)
  if (names.includes('chat_login')) return refuse(400, CHAT_LOGIN_MESSAGE)
  const unknown = names.find((name) => ![...scopes, ...retiredScopes].some((entry) => entry.name === name))
  return unknown === undefined ? undefined : refuse(400, `invalid scope requested: '${unknown}'`)
}
