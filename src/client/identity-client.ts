// One method for each request that an identity server understands. It never waits, and never stores.

import type { Application, ConfidentialApplication } from '../domain/application.ts'
import { Failure } from '../domain/failure.ts'
import type { IdentityServer } from '../domain/identity-server.ts'
import type { Clock, Http } from '../domain/ports.ts'
import type { Secret } from '../domain/secret.ts'
import type { TokenGrant, TokenInfo } from '../domain/token.ts'
import type { HttpRequest } from '../wire/http.ts'
import { errorWords, messages } from '../wire/messages.ts'
import {
  type Decoded,
  type DeviceAuthorization,
  decodeDeviceAuthorization,
  decodeRevocation,
  decodeToken,
  decodeTokenInfo,
} from './decode.ts'
import {
  type AuthorizeParameters,
  type RequestEncoder,
  authorizeUrl,
  createRequestEncoder,
} from './encode.ts'
import { type Judgement, failureOf, judge } from './judge.ts'

/** What the server says of an access token. `invalid` carries the server's words. */
export type Validation =
  | { readonly kind: 'valid'; readonly info: TokenInfo }
  | { readonly kind: 'invalid'; readonly message: string }

/** What became of a token that was to be revoked. `unknown`: the server did not know it (any more). */
export type Revocation = { readonly kind: 'revoked' } | { readonly kind: 'unknown'; readonly message: string }

/** What a poll of a device login found. */
export type DevicePoll =
  | { readonly kind: 'granted'; readonly grant: TokenGrant }
  /** The user has not decided. */
  | { readonly kind: 'pending' }
  /** Polled too often: from now on at longer intervals. */
  | { readonly kind: 'slow-down' }
  | { readonly kind: 'denied'; readonly message: string }
  /** The server no longer knows the device code: it has expired, or was used. */
  | { readonly kind: 'expired'; readonly message: string }
  /** No answer, or none that says anything: worth another try. */
  | { readonly kind: 'unavailable'; readonly failure: Failure }

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
  /** Where a browser goes for consent. Nothing is sent. */
  authorizeUrl(request: AuthorizeParameters): string
  /** The authorization code grant. `redirectUri` is what the browser was sent with, to the letter. RFC 6749 §4.1.3. */
  exchangeCode(application: ConfidentialApplication, code: Secret, redirectUri: string): Promise<TokenGrant>
  /** Starts the device code grant. RFC 8628 §3.1. */
  authorizeDevice(clientId: string, scopes: readonly string[]): Promise<DeviceAuthorization>
  /** Asks once whether the user has decided. Throws when the answer means that asking again is of no use. RFC 8628 §3.4. */
  pollDeviceCode(clientId: string, deviceCode: Secret, scopes: readonly string[]): Promise<DevicePoll>
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
  return new HttpIdentityClient(options)
}

class HttpIdentityClient implements IdentityClient {
  readonly server: IdentityServer
  readonly #options: IdentityClientOptions
  readonly #encode: RequestEncoder

  constructor(options: IdentityClientOptions) {
    this.server = options.server
    this.#options = options
    this.#encode = createRequestEncoder(options.server, options.userAgent)
  }

  async issueAppToken(application: ConfidentialApplication): Promise<TokenGrant> {
    const request = this.#encode.clientCredentials(application)
    return this.#grant('the request for an app token', request, [application.clientSecret])
  }

  async refresh(application: Application, refreshToken: Secret): Promise<TokenGrant> {
    const secrets = application.type === 'confidential' ? [application.clientSecret] : []
    return this.#grant('the refresh', this.#encode.refreshToken(application, refreshToken), [
      refreshToken,
      ...secrets,
    ])
  }

  authorizeUrl(request: AuthorizeParameters): string {
    return authorizeUrl(this.server, request)
  }

  async exchangeCode(
    application: ConfidentialApplication,
    code: Secret,
    redirectUri: string,
  ): Promise<TokenGrant> {
    const request = this.#encode.authorizationCode(application, code, redirectUri)
    return this.#grant('the authorization code', request, [code, application.clientSecret])
  }

  async authorizeDevice(clientId: string, scopes: readonly string[]): Promise<DeviceAuthorization> {
    const task = 'the device request'
    return this.#usable(
      decodeDeviceAuthorization(await this.#accepted(task, this.#encode.device(clientId, scopes), [])),
      task,
    )
  }

  async pollDeviceCode(clientId: string, deviceCode: Secret, scopes: readonly string[]): Promise<DevicePoll> {
    try {
      const judgement = await this.#send(this.#encode.deviceCode(clientId, deviceCode, scopes), [deviceCode])
      if (judgement.kind !== 'accepted') return judgePoll(judgement, this.server)
      const grant = this.#usable(decodeToken(judgement.body, this.#options.clock.now()), 'the device code')
      return { kind: 'granted', grant }
    } catch (error) {
      if (error instanceof Failure && error.kind === 'network') return { kind: 'unavailable', failure: error }
      throw error
    }
  }

  async validate(accessToken: Secret): Promise<Validation> {
    const task = 'the validation'
    const judgement = await this.#send(this.#encode.validate(accessToken), [accessToken])
    if (judgement.kind === 'refused' && judgement.status === 401)
      return { kind: 'invalid', message: judgement.message }
    if (judgement.kind !== 'accepted') throw failureOf(judgement, this.server, task)
    return {
      kind: 'valid',
      info: this.#usable(decodeTokenInfo(judgement.body, this.#options.clock.now()), task),
    }
  }

  async revoke(clientId: string, accessToken: Secret): Promise<Revocation> {
    const task = 'the revocation'
    const judgement = await this.#send(this.#encode.revoke(clientId, accessToken), [accessToken])
    if (judgement.kind === 'refused' && isText(judgement.word, messages.invalidToken)) {
      return { kind: 'unknown', message: judgement.message }
    }
    if (judgement.kind !== 'accepted') throw failureOf(judgement, this.server, task)
    this.#usable(decodeRevocation(judgement.body), task)
    return { kind: 'revoked' }
  }

  /** A request whose answer is a token. @param sent the credentials in it */
  async #grant(task: string, request: HttpRequest, sent: readonly Secret[]): Promise<TokenGrant> {
    return this.#usable(
      decodeToken(await this.#accepted(task, request, sent), this.#options.clock.now()),
      task,
    )
  }

  async #accepted(task: string, request: HttpRequest, sent: readonly Secret[]): Promise<string> {
    const judgement = await this.#send(request, sent)
    if (judgement.kind === 'accepted') return judgement.body
    throw failureOf(judgement, this.server, task)
  }

  async #send(request: HttpRequest, sent: readonly Secret[]): Promise<Judgement> {
    return judge(await this.#options.http(request, this.#options.signal), sent)
  }

  #usable<T>(decoded: Decoded<T>, task: string): T {
    if (decoded.kind === 'decoded') return decoded.value
    throw new Failure(
      'protocol',
      'unreadable_answer',
      `${this.server.name} answered ${task} with ${decoded.detail}.`,
    )
  }
}

/** RFC 8628 §3.5; the word is in `message`, where Twitch has it, or in `error`. */
function judgePoll(judgement: Exclude<Judgement, { kind: 'accepted' }>, server: IdentityServer): DevicePoll {
  const failure = failureOf(judgement, server, 'the device code')
  if (judgement.kind === 'unavailable') return { kind: 'unavailable', failure }
  if (judgement.kind !== 'refused') throw failure
  const { word, message } = judgement
  const is = (known: string): boolean => isText(word, known)
  if (is(messages.authorizationPending)) return { kind: 'pending' }
  if (is(errorWords.slowDown)) return { kind: 'slow-down' }
  if (is(errorWords.accessDenied)) return { kind: 'denied', message }
  if (is(errorWords.expiredToken) || is(messages.invalidDeviceCode)) return { kind: 'expired', message }
  throw failure
}

function isText(word: string, known: string): boolean {
  return word.toLowerCase() === known.toLowerCase()
}
