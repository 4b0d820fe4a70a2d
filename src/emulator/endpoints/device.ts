// `POST /device`: begins a device login. No secret is wanted, whoever asks.

import type { DeviceBody } from '../../wire/bodies.ts'
import { endpoints } from '../../wire/endpoints.ts'
import { parameters } from '../../wire/parameters.ts'
import { isRefusal, json, refusalAnswer } from '../answers.ts'
import { knownApplication } from '../rules.ts'
import { readScopes, scopeProblem } from '../scope-list.ts'
import type { Endpoint } from './endpoint.ts'

const INTERVAL_SECONDS = 5

/** @see https://dev.twitch.tv/docs/authentication/getting-tokens-oauth/#device-code-grant-flow */
export const device: Endpoint = {
  method: 'POST',
  path: endpoints.device,
  answer(request, ledger) {
    const application = knownApplication(request, ledger)
    if (isRefusal(application)) return refusalAnswer(application)
    // The singular is heard from public applications only.
    const singular =
      application.clientSecret === undefined ? request.parameters.get(parameters.scope) : undefined
    const wanted = request.parameters.get(parameters.scopes) ?? singular
    const problem = scopeProblem(wanted)
    if (problem !== undefined) return refusalAnswer(problem)
    const code = ledger.startDevice(application.clientId, readScopes(wanted))
    const body: DeviceBody = {
      device_code: code.deviceCode,
      expires_in: ledger.secondsLeft(code),
      interval: INTERVAL_SECONDS,
      user_code: code.userCode,
      verification_uri: `${request.origin}/activate?device-code=${code.userCode}`,
    }
    return json(200, body)
  },
}
