// The checks that endpoints share, in the order in which Twitch makes them.

import { messages } from '../wire/messages.ts'
import { parameters } from '../wire/parameters.ts'
import { type Refusal, refuse } from './answers.ts'
import type { ApplicationRecord } from './records.ts'
import type { ReadRequest } from './request.ts'
import type { ServerState } from './server-state.ts'

/** When a grant wants the client secret. */
export type SecretRule =
  /** Always: an application without one is refused. */
  | 'required'
  /** From confidential applications. */
  | 'unless-public'
  /** Never; one that comes with it must be right. */
  | 'optional'

/** The application that the request names: first whether it names one, then whether it is known. */
export function knownApplication(
  request: ReadRequest,
  { registry }: ServerState,
): ApplicationRecord | Refusal {
  const clientId = request.parameters.get(parameters.clientId)
  if (clientId === undefined || clientId === '') return refuse(400, messages.missingClientId)
  return registry.application(clientId) ?? refuse(400, messages.invalidClient)
}

/** What is wrong with the client secret: first whether it is there, then whether it is right. */
export function secretProblem(
  request: ReadRequest,
  application: ApplicationRecord,
  rule: SecretRule,
): Refusal | undefined {
  const given = request.parameters.get(parameters.clientSecret)
  if (application.clientSecret === undefined) {
    if (rule !== 'required') return undefined
    return given === undefined
      ? refuse(400, messages.missingClientSecret)
      : refuse(400, messages.invalidClientCredentials)
  }
  if (given === undefined || given === '') {
    return rule === 'optional' ? undefined : refuse(400, messages.missingClientSecret)
  }
  return given === application.clientSecret ? undefined : refuse(403, messages.invalidClientSecret)
}

const SECRETS = [
  parameters.clientSecret,
  parameters.refreshToken,
  parameters.code,
  parameters.deviceCode,
  parameters.token,
]

/** In a strict dialect: secrets belong in the body. RFC 6749 §2.3.1. */
export function urlProblem({ query, method }: ReadRequest, { dialect }: ServerState): Refusal | undefined {
  if (dialect.secretsInUrl === 'taken' || method !== 'POST') return undefined
  const name = SECRETS.find((secret) => query.has(secret))
  return name === undefined ? undefined : refuse(400, `${name} belongs in the body`)
}
