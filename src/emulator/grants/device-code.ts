// The device code grant: what the user decided, or that there is no decision yet. No secret is wanted, whoever asks.

import { errorWords, messages } from '../../wire/messages.ts'
import { grantTypes, parameters } from '../../wire/parameters.ts'
import { refuse } from '../answers.ts'
import type { DeviceCodeRecord } from '../records.ts'
import type { ServerState } from '../server-state.ts'
import type { Grant } from './grant.ts'

/** @see https://dev.twitch.tv/docs/authentication/getting-tokens-oauth/#device-code-grant-flow */
export const deviceCode: Grant = {
  type: grantTypes.deviceCode,
  secret: 'optional',
  issue(request, { clientId }, state) {
    const value = request.parameters.get(parameters.deviceCode)
    if (value === undefined || value === '') return refuse(400, messages.missingDeviceCode)
    const login = state.logins.pollDevice(value, clientId)
    if (login === undefined) return refuse(400, messages.invalidDeviceCode)
    if (isTooEarly(login, state)) return refuse(400, errorWords.slowDown)
    if (login.decision === undefined) return refuse(400, messages.authorizationPending)
    if (login.decision.kind === 'denied') {
      const { deniedDevice } = state.dialect
      return refuse(400, deniedDevice === 'pending' ? messages.authorizationPending : errorWords.accessDenied)
    }
    state.logins.dropDevice(login)
    return state.tokens.issueUserToken({ clientId, userId: login.decision.userId, scopes: login.scopes })
  },
}

/** The interval is the server's own and stays: one that grew with each slow_down would never be caught up with. */
function isTooEarly(
  { polledAt }: DeviceCodeRecord,
  { dialect, now, deviceIntervalSeconds }: ServerState,
): boolean {
  if (dialect.fastPolling === 'ignored' || polledAt === undefined) return false
  return now() - polledAt < deviceIntervalSeconds * 1000
}
