// The refresh token grant: static for confidential applications, one-time for public ones, where a replay cuts the whole grant.

import { messages } from '../../wire/messages.ts'
import { grantTypes, parameters } from '../../wire/parameters.ts'
import { refuse } from '../answers.ts'
import { scopeProblem } from '../scope-list.ts'
import type { Grant } from './grant.ts'

/** @see https://dev.twitch.tv/docs/authentication/refresh-tokens/ */
export const refreshToken: Grant = {
  type: grantTypes.refreshToken,
  secret: 'unless-public',
  issue(request, application, ledger) {
    const value = request.parameters.get(parameters.refreshToken)
    if (value === undefined || value === '') return refuse(400, messages.missingRefreshToken)
    const token = ledger.liveRefreshToken(value, application.clientId)
    if (token === undefined) {
      ledger.cutOnReplay(value, application.clientId)
      return refuse(400, messages.invalidRefreshToken)
    }
    // A scope can't narrow the grant here, yet one that does not exist is refused.
    const problem = scopeProblem(request.parameters.get(parameters.scope))
    if (problem !== undefined) return problem
    return application.clientSecret === undefined ? ledger.rotate(token) : ledger.renew(token)
  },
}
