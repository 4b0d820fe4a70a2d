// From what is meant to what is sent: the forms and headers of each request. Secrets go into the body or the Authorization header.

import type { Application } from '../domain/application.ts'
import type { IdentityServer } from '../domain/identity-server.ts'
import type { Secret } from '../domain/secret.ts'
import { endpoints } from '../wire/endpoints.ts'
import type { HttpRequest } from '../wire/http.ts'
import { FORM_TYPE, grantTypes, parameters } from '../wire/parameters.ts'

/** Makes the requests of one client program to one server. */
export interface RequestEncoder {
  clientCredentials(application: Application): HttpRequest
  refreshToken(application: Application, refreshToken: Secret): HttpRequest
  authorizationCode(application: Application, code: Secret, redirectUri: string): HttpRequest
  device(clientId: string, scopes: readonly string[]): HttpRequest
  deviceCode(clientId: string, deviceCode: Secret, scopes: readonly string[]): HttpRequest
  revoke(clientId: string, token: Secret): HttpRequest
  validate(token: Secret): HttpRequest
}

/** @param userAgent the `User-Agent` of every request: product and version */
export function createRequestEncoder(server: IdentityServer, userAgent: string): RequestEncoder {
  const headers = { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': userAgent }
  const post = (path: string, form: Record<string, string>): HttpRequest => ({
    method: 'POST',
    url: server.url + path,
    headers: { ...headers, 'content-type': FORM_TYPE },
    body: new URLSearchParams(form).toString(),
  })
  return {
    clientCredentials: (application) =>
      post(endpoints.token, {
        ...credentials(application),
        [parameters.grantType]: grantTypes.clientCredentials,
      }),
    refreshToken: (application, refreshToken) =>
      post(endpoints.token, {
        ...credentials(application),
        [parameters.grantType]: grantTypes.refreshToken,
        [parameters.refreshToken]: refreshToken.reveal(),
      }),
    authorizationCode: (application, code, redirectUri) =>
      post(endpoints.token, {
        ...credentials(application),
        [parameters.code]: code.reveal(),
        [parameters.grantType]: grantTypes.authorizationCode,
        [parameters.redirectUri]: redirectUri,
      }),
    // No secret, even of a confidential application. The scopes are said again, since the documentation wants them.
    deviceCode: (clientId, deviceCode, scopes) =>
      post(endpoints.token, {
        [parameters.clientId]: clientId,
        [parameters.deviceCode]: deviceCode.reveal(),
        [parameters.grantType]: grantTypes.deviceCode,
        [parameters.scopes]: scopes.join(' '),
      }),
    device: (clientId, scopes) =>
      post(endpoints.device, {
        [parameters.clientId]: clientId,
        [parameters.scopes]: scopes.join(' '),
      }),
    revoke: (clientId, token) =>
      post(endpoints.revoke, {
        [parameters.clientId]: clientId,
        [parameters.token]: token.reveal(),
      }),
    validate: (token) => ({
      method: 'GET',
      url: server.url + endpoints.validate,
      headers: { ...headers, authorization: `OAuth ${token.reveal()}` },
      body: '',
    }),
  }
}

/** What a browser is sent to the authorize endpoint with. */
export interface AuthorizeParameters {
  readonly clientId: string
  readonly redirectUri: string
  readonly scopes: readonly string[]
  readonly state: Secret
  /** Ask for consent even if it was given before. */
  readonly forceVerify: boolean
}

/** The address that a browser is sent to. @see https://dev.twitch.tv/docs/authentication/getting-tokens-oauth/#authorization-code-grant-flow */
export function authorizeUrl(server: IdentityServer, request: AuthorizeParameters): string {
  const query = new URLSearchParams({
    [parameters.clientId]: request.clientId,
    [parameters.forceVerify]: String(request.forceVerify),
    [parameters.redirectUri]: request.redirectUri,
    [parameters.responseType]: 'code',
    [parameters.scope]: request.scopes.join(' '),
    [parameters.state]: request.state.reveal(),
  })
  return `${server.url}${endpoints.authorize}?${query.toString()}`
}

/** RFC 6749 §2.3.1. A public application sends no secret at all: Twitch refuses an empty one. */
function credentials(application: Application): Record<string, string> {
  return {
    [parameters.clientId]: application.clientId,
    ...(application.type === 'confidential' && {
      [parameters.clientSecret]: application.clientSecret.reveal(),
    }),
  }
}
