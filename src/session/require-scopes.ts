// A token that lacks a scope can't be given one: the user has to log in again, with all of them.

import { Failure } from '../domain/failure.ts'
import { compareScopes } from '../domain/scopes.ts'
import type { WorkingToken } from './ensure.ts'

/** @throws Failure `denied` with the command that logs in with what there is and what is missing */
export function requireScopes(
  { kind, scopes }: Pick<WorkingToken, 'kind' | 'scopes'>,
  required: readonly string[],
): void {
  const { missing } = compareScopes(required, scopes)
  if (missing.length === 0) return
  const all = [...new Set([...scopes, ...required])].toSorted().join(' ')
  const whose = kind === 'user' ? 'The user token' : 'An app token'
  throw new Failure('denied', 'scope_missing', `${whose} does not have ${missing.join(' ')}.`, {
    hint: `twitch token -u -s "${all}"`,
  })
}
