// `POST /device`: begins a device login. No secret is wanted, whoever asks.

import type { DeviceBody } from '../../wire/bodies.ts'
import { endpoints } from '../../wire/endpoints.ts'
import { parameters } from '../../wire/parameters.ts'
import { isRefusal, json, refusalAnswer } from '../answers.ts'
import { DEVICE_CODE_SECONDS } from '../logins.ts'
import type { ReadRequest } from '../request.ts'
import { knownApplication } from '../rules.ts'
import { readScopes, scopeProblem } from '../scope-list.ts'
import type { ServerState } from '../server-state.ts'
import type { Endpoint } from './endpoint.ts'

/** @see https://dev.twitch.tv/docs/authentication/getting-tokens-oauth/#device-code-grant-flow */
export const device: Endpoint = {
  method: 'POST',
  path: endpoints.device,
  under: 'base',
  answer(request, state) {
    const application = knownApplication(request, state)
    if (isRefusal(application)) return refusalAnswer(application, state.dialect)
    // The singular is heard from public applications only.
    const singular =
      application.clientSecret === undefined ? request.parameters.get(parameters.scope) : undefined
    const wanted = request.parameters.get(parameters.scopes) ?? singular
    const problem = scopeProblem(wanted)
    if (problem !== undefined) return refusalAnswer(problem, state.dialect)
    const login = state.logins.startDevice(application.clientId, readScopes(wanted))
    const [firstUser] = state.registry.users
    if (state.autoApprove && firstUser !== undefined)
      state.logins.decideDevice(login, { kind: 'approved', userId: firstUser.id })
    const body: DeviceBody = {
      device_code: login.deviceCode,
      expires_in: DEVICE_CODE_SECONDS,
      interval: state.deviceIntervalSeconds,
      user_code: login.userCode,
      verification_uri: verificationUri(request, state, login.userCode),
    }
    return json(200, body)
  },
}

function verificationUri({ origin }: ReadRequest, { dialect }: ServerState, userCode: string): string {
  const marked = dialect.verificationUri === 'public' ? 'public=true&' : ''
  return `${origin}/activate?${marked}device-code=${userCode}`
}
