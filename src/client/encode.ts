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
  device(clientId: string, scopes: readonly string[]): HttpRequest
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

/** RFC 6749 §2.3.1. A public application sends no secret at all: Twitch refuses an empty one. */
function credentials(application: Application): Record<string, string> {
  return {
    [parameters.clientId]: application.clientId,
    ...(application.type === 'confidential' && {
      [parameters.clientSecret]: application.clientSecret.reveal(),
    }),
  }
}
