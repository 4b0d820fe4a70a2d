// `GET /validate`: what the server says of an access token.

import type { ValidateBody } from '../../wire/bodies.ts'
import { endpoints } from '../../wire/endpoints.ts'
import { messages } from '../../wire/messages.ts'
import { json, refusalAnswer, refuse } from '../answers.ts'
import type { Dialect } from '../dialect.ts'
import type { UserRecord } from '../records.ts'
import { bearerToken } from '../request.ts'
import type { Endpoint } from './endpoint.ts'

/** @see https://dev.twitch.tv/docs/authentication/validate-tokens/ */
export const validate: Endpoint = {
  method: 'GET',
  path: endpoints.validate,
  under: 'base',
  answer(request, { tokens, registry, dialect }) {
    const value = bearerToken(request, ['oauth', 'bearer'])
    if (value === undefined) return refusalAnswer(refuse(401, messages.missingAuthorizationToken), dialect)
    const live = tokens.liveAccessToken(value)
    if (live === undefined) return refusalAnswer(refuse(401, messages.invalidAccessToken), dialect)
    const user = live.grant && registry.user(live.grant.userId)
    const body: ValidateBody = {
      client_id: live.token.clientId,
      ...named(user, 'login', dialect),
      scopes: scopesOf(user, live.grant?.scopes ?? [], dialect),
      ...named(user, 'id', dialect),
      expires_in: tokens.secondsLeft(live.token),
    }
    return json(200, body)
  },
}

/** A user token without scopes has null; an app token has an empty list, or null. */
function scopesOf(
  user: UserRecord | undefined,
  scopes: readonly string[],
  { appTokenScopes }: Dialect,
): readonly string[] | null {
  if (user === undefined) return appTokenScopes === 'empty' ? [] : null
  return scopes.length === 0 ? null : [...scopes].toSorted()
}

/** Of an app token Twitch says no user, or null for one. */
function named(
  user: UserRecord | undefined,
  member: 'login' | 'id',
  { appTokenUser }: Dialect,
): Partial<ValidateBody> {
  const name = member === 'id' ? 'user_id' : 'login'
  if (user !== undefined) return { [name]: user[member] }
  return appTokenUser === 'null' ? { [name]: null } : {}
}
