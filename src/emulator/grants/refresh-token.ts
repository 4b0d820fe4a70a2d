// The refresh token grant: static for confidential applications, one-time for public ones, where a replay cuts the whole grant.

import { messages } from '../../wire/messages.ts'
import { grantTypes, parameters } from '../../wire/parameters.ts'
import { refuse } from '../answers.ts'
import type { ApplicationRecord } from '../records.ts'
import { scopeProblem } from '../scope-list.ts'
import type { ServerState } from '../server-state.ts'
import type { Grant } from './grant.ts'

/** @see https://dev.twitch.tv/docs/authentication/refresh-tokens/ */
export const refreshToken: Grant = {
  type: grantTypes.refreshToken,
  secret: 'unless-public',
  issue(request, application, state) {
    const { tokens, dialect } = state
    const value = request.parameters.get(parameters.refreshToken)
    if (value === undefined || value === '') return refuse(400, messages.missingRefreshToken)
    const token = tokens.liveRefreshToken(value, application.clientId)
    if (token === undefined) {
      tokens.cutOnReplay(value, application.clientId)
      return refuse(Number(dialect.deadRefreshToken), messages.invalidRefreshToken)
    }
    // A scope can't narrow the grant here, yet one that does not exist is refused.
    const problem = scopeProblem(request.parameters.get(parameters.scope))
    if (problem !== undefined) return problem
    if (isOneTime(application, state)) return tokens.rotate(token)
    if (dialect.fiftyFirstToken === 'refused' && tokens.isFull(token))
      return refuse(400, messages.invalidRefreshToken)
    return tokens.renew(token)
  },
}

function isOneTime({ clientSecret }: ApplicationRecord, { dialect }: ServerState): boolean {
  if (dialect.refreshTokens === 'as-twitch') return clientSecret === undefined
  return dialect.refreshTokens === 'one-time'
}
