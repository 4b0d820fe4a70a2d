// `GET /validate`: what the server says of an access token.

import type { ValidateBody } from '../../wire/bodies.ts'
import { endpoints } from '../../wire/endpoints.ts'
import { messages } from '../../wire/messages.ts'
import { json, refusalAnswer, refuse } from '../answers.ts'
import type { Endpoint } from './endpoint.ts'

/** @see https://dev.twitch.tv/docs/authentication/validate-tokens/ */
export const validate: Endpoint = {
  method: 'GET',
  path: endpoints.validate,
  answer(request, ledger) {
    const [, value] = /^(?:OAuth|Bearer) +(\S+)$/i.exec(request.headers['authorization'] ?? '') ?? []
    if (value === undefined) return refusalAnswer(refuse(401, messages.missingAuthorizationToken))
    const live = ledger.liveAccessToken(value)
    if (live === undefined) return refusalAnswer(refuse(401, messages.invalidAccessToken))
    const { token, grant, user } = live
    const scopes = [...(grant?.scopes ?? [])].toSorted()
    // A user token without scopes has null; an app token has an empty list, and no user.
    const body: ValidateBody = {
      client_id: token.clientId,
      ...(user && { login: user.login }),
      scopes: user !== undefined && scopes.length === 0 ? null : scopes,
      ...(user && { user_id: user.id }),
      expires_in: ledger.secondsLeft(token),
    }
    return json(200, body)
  },
}
