// `POST /revoke`: takes an access token of the application away. Its refresh token goes on working.

import { endpoints } from '../../wire/endpoints.ts'
import { messages } from '../../wire/messages.ts'
import { parameters } from '../../wire/parameters.ts'
import { empty, refusalAnswer, refuse } from '../answers.ts'
import type { Endpoint } from './endpoint.ts'

/** @see https://dev.twitch.tv/docs/authentication/revoke-tokens/ */
export const revoke: Endpoint = {
  method: 'POST',
  path: endpoints.revoke,
  answer(request, ledger) {
    const clientId = request.parameters.get(parameters.clientId) ?? ''
    const value = request.parameters.get(parameters.token) ?? ''
    if (clientId === '') return refusalAnswer(refuse(400, messages.missingClientId))
    if (!ledger.applications.has(clientId)) return refusalAnswer(refuse(404, messages.clientDoesNotExist))
    if (value === '') return refusalAnswer(refuse(400, messages.missingToken))
    return ledger.revoke(value, clientId) ? empty(200) : refusalAnswer(refuse(400, messages.invalidToken))
  },
}
