// `POST /revoke`: takes an access token of the application away. Its refresh token goes on working.

import { endpoints } from '../../wire/endpoints.ts'
import { messages } from '../../wire/messages.ts'
import { parameters } from '../../wire/parameters.ts'
import { type Refusal, empty, refusalAnswer, refuse } from '../answers.ts'
import type { ReadRequest } from '../request.ts'
import type { ServerState } from '../server-state.ts'
import type { Endpoint } from './endpoint.ts'

/** @see https://dev.twitch.tv/docs/authentication/revoke-tokens/ */
export const revoke: Endpoint = {
  method: 'POST',
  path: endpoints.revoke,
  under: 'base',
  answer(request, state) {
    const problem = tryToRevoke(request, state)
    return problem === undefined ? empty(200) : refusalAnswer(problem, state.dialect)
  },
}

function tryToRevoke(
  { parameters: given }: ReadRequest,
  { registry, tokens }: ServerState,
): Refusal | undefined {
  const clientId = given.get(parameters.clientId) ?? ''
  const value = given.get(parameters.token) ?? ''
  if (clientId === '') return refuse(400, messages.missingClientId)
  if (registry.application(clientId) === undefined) return refuse(404, messages.clientDoesNotExist)
  if (value === '') return refuse(400, messages.missingToken)
  return tokens.revoke(value, clientId) ? undefined : refuse(400, messages.invalidToken)
}
