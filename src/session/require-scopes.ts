// A token that lacks a scope can't be given one: the user has to log in again, with all of them.

import { Failure } from '../domain/failure.ts'
import { compareScopes } from '../domain/scopes.ts'
import { type LoginNeed, loginCommand } from './login-command.ts'

/**
 * Holds a token's scopes against those that it has to have.
 *
 * @throws Failure `denied` with the command that logs in with both
 */
export function requireScopes(
  kind: 'app' | 'user',
  required: readonly string[],
  { scopes, ...need }: LoginNeed,
): void {
  const { missing } = compareScopes(required, scopes)
  if (missing.length === 0) return
  const whose = kind === 'user' ? 'The user token does' : 'App tokens do'
  const all = [...new Set([...scopes, ...required])]
  throw new Failure('denied', 'scope_missing', `${whose} not have ${missing.join(' ')}.`, {
    hint: `Log in with it: ${loginCommand({ ...need, scopes: all })}`,
  })
}
