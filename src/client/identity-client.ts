// One method for each request that an identity server understands. It never waits, and never stores.

import type { Application, ConfidentialApplication } from '../domain/application.ts'
import { Failure } from '../domain/failure.ts'
import type { IdentityServer } from '../domain/identity-server.ts'
import type { Clock, Http } from '../domain/ports.ts'
import type { Secret } from '../domain/secret.ts'
import type { TokenGrant, TokenInfo } from '../domain/token.ts'
import type { HttpRequest } from '../wire/http.ts'
import { messages } from '../wire/messages.ts'
import {
  type Decoded,
  type DeviceAuthorization,
  decodeDeviceAuthorization,
  decodeRevocation,
  decodeToken,
  decodeTokenInfo,
} from './decode.ts'
import { createRequestEncoder } from './encode.ts'
import { type Judgement, failureOf, judge } from './judge.ts'

/** What the server says of an access token. `invalid` carries the server's words. */
export type Validation =
  | { readonly kind: 'valid'; readonly info: TokenInfo }
  | { readonly kind: 'invalid'; readonly message: string }

/** What became of a token that was to be revoked. `unknown`: the server did not know it (any more). */
export type Revocation = { readonly kind: 'revoked' } | { readonly kind: 'unknown'; readonly message: string }

/**
 * Talks to one identity server.
 *
 * Every method throws a `Failure`: `network` when no answer came, `protocol` when it is not understood or the server
 * could not answer, `denied` when the server refused in a way that the method's result does not name.
 */
export interface IdentityClient {
  readonly server: IdentityServer
  /** The client credentials grant: an app token. RFC 6749 §4.4. */
  issueAppToken(application: ConfidentialApplication): Promise<TokenGrant>
  /** The refresh token grant. A public application's refresh token is spent by it, whatever becomes of the answer. RFC 6749 §6. */
  refresh(application: Application, refreshToken: Secret): Promise<TokenGrant>
  /** Starts the device code grant. RFC 8628 §3.1. */
  authorizeDevice(clientId: string, scopes: readonly string[]): Promise<DeviceAuthorization>
  /** @see https://dev.twitch.tv/docs/authentication/validate-tokens/ */
  validate(accessToken: Secret): Promise<Validation>
  /** Revokes an access token. @see https://dev.twitch.tv/docs/authentication/revoke-tokens/ */
  revoke(clientId: string, accessToken: Secret): Promise<Revocation>
}

/** What an identity client is made of. */
export interface IdentityClientOptions {
  readonly server: IdentityServer
  readonly http: Http
  readonly clock: Clock
  readonly userAgent: string
  /** Ends a request under way. */
  readonly signal?: AbortSignal
}

/** Makes an {@link IdentityClient}. */
export function createIdentityClient(options: IdentityClientOptions): IdentityClient {
  const { server, http, clock, signal } = options
  const encode = createRequestEncoder(server, options.userAgent)

  async function send(request: HttpRequest, sent: readonly Secret[]): Promise<Judgement> {
    return judge(await http(request, signal), sent)
  }

  async function grant(task: string, request: HttpRequest, sent: readonly Secret[]): Promise<TokenGrant> {
    const judgement = await send(request, sent)
    if (judgement.kind !== 'accepted') throw failureOf(judgement, server, task)
    return usable(decodeToken(judgement.body, clock.now()), server, task)
  }

  return {
    server,
    issueAppToken: async (application) =>
      grant('the request for an app token', encode.clientCredentials(application), [
        application.clientSecret,
      ]),
    refresh: async (application, refreshToken) =>
      grant('the refresh', encode.refreshToken(application, refreshToken), [
        refreshToken,
        ...(application.type === 'confidential' ? [application.clientSecret] : []),
      ]),

    async authorizeDevice(clientId, scopes) {
      const task = 'the device request'
      const judgement = await send(encode.device(clientId, scopes), [])
      if (judgement.kind !== 'accepted') throw failureOf(judgement, server, task)
      return usable(decodeDeviceAuthorization(judgement.body), server, task)
    },

    async validate(accessToken) {
      const task = 'the validation'
      const judgement = await send(encode.validate(accessToken), [accessToken])
      if (judgement.kind === 'refused' && judgement.status === 401)
        return { kind: 'invalid', message: judgement.message }
      if (judgement.kind !== 'accepted') throw failureOf(judgement, server, task)
      return { kind: 'valid', info: usable(decodeTokenInfo(judgement.body, clock.now()), server, task) }
    },

    async revoke(clientId, accessToken) {
      const task = 'the revocation'
      const judgement = await send(encode.revoke(clientId, accessToken), [accessToken])
      if (judgement.kind === 'refused' && isText(judgement.message, messages.invalidToken)) {
        return { kind: 'unknown', message: judgement.message }
      }
      if (judgement.kind !== 'accepted') throw failureOf(judgement, server, task)
      usable(decodeRevocation(judgement.body), server, task)
      return { kind: 'revoked' }
    },
  }
}

function isText(message: string, known: string): boolean {
  return message.toLowerCase() === known.toLowerCase()
}

function usable<T>(decoded: Decoded<T>, server: IdentityServer, task: string): T {
  if (decoded.kind === 'decoded') return decoded.value
  throw new Failure(
    'protocol',
    'unreadable_answer',
    `${server.name} answered ${task} with ${decoded.detail}.`,
  )
}
