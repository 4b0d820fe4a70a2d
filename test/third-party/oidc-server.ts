// An identity server that nobody here wrote: oidc-provider, on a real port, with its endpoints where Twitch has them.

import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Provider } from 'oidc-provider'
import { onTestFinished, vi } from 'vitest'
import { type IdentityClient, createIdentityClient } from '../../src/client/identity-client.ts'
import type { ConfidentialApplication, PublicApplication } from '../../src/domain/application.ts'
import { type IdentityServer, parseIdentityServer } from '../../src/domain/identity-server.ts'
import { Secret } from '../../src/domain/secret.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { createHttp } from '../../src/platform/http.ts'
import { endpoints } from '../../src/wire/endpoints.ts'
import type { HttpRequest } from '../../src/wire/http.ts'
import { grantTypes } from '../../src/wire/parameters.ts'

const BASE = '/oauth2'

/** An application that may use every grant. */
export const confidential: ConfidentialApplication = {
  type: 'confidential',
  clientId: 'confidential',
  clientSecret: new Secret('a secret & a half+'),
}
/** An application without a secret: the device code grant, and what follows from it. */
export const open: PublicApplication = { type: 'public', clientId: 'public' }

/** A running server, and our client of it. */
export interface OidcServer {
  readonly server: IdentityServer
  readonly client: IdentityClient
  /** Method, path and status of what was received. */
  readonly received: readonly string[]
  /** What the server says of a token; it has no validate endpoint. */
  isAlive(accessToken: Secret): Promise<boolean>
}

/** Starts the server. */
export async function startOidcServer(redirectUri: string): Promise<OidcServer> {
  // It warns, from its import on, of everything that is there for development alone.
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  const info = vi.spyOn(console, 'info').mockImplementation(() => undefined)
  const listener = http.createServer()
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const { port } = listener.address() as AddressInfo
  const server = parseIdentityServer(`http://localhost:${port}${BASE}`)
  const provider = await createProvider(server, redirectUri)
  const handle = provider.callback()
  const received: string[] = []
  listener.on('request', (request, response) => {
    const { method, url = '' } = request
    const { pathname } = new URL(url, server.url)
    response.once('finish', () => received.push(`${method} ${pathname} ${response.statusCode}`))
    // What a framework does when it mounts a server under a path.
    Object.assign(request, { originalUrl: url, url: url.slice(BASE.length) })
    void handle(request, response)
  })
  const connections = createHttp()
  onTestFinished(async () => {
    connections.close()
    listener.closeAllConnections()
    await new Promise((resolve) => listener.close(resolve))
    warn.mockRestore()
    info.mockRestore()
  })
  return {
    server,
    client: createIdentityClient({
      server,
      http: async (request, signal) => connections.http(standardScope(request), signal),
      clock: systemClock,
      userAgent: 'test',
    }),
    received,
    isAlive: async (accessToken) =>
      (await provider.AccessToken.find(accessToken.reveal())) !== undefined ||
      (await provider.ClientCredentials.find(accessToken.reveal())) !== undefined,
  }
}

/** RFC 8628 §3.1 says `scope`, Twitch `scopes`: the one thing in our client's requests that has to be translated. */
function standardScope(request: HttpRequest): HttpRequest {
  if (!request.url.endsWith(endpoints.device)) return request
  return { ...request, body: request.body.replace(/(^|&)scopes=/, '$1scope=') }
}

async function createProvider({ url }: IdentityServer, redirectUri: string): Promise<Provider> {
  const { Provider } = await import('oidc-provider')
  return new Provider(url, {
    clients: [
      {
        client_id: confidential.clientId,
        client_secret: confidential.clientSecret.reveal(),
        grant_types: Object.values(grantTypes),
        redirect_uris: [redirectUri],
        response_types: ['code'],
        // The secret in the body, since that is where Twitch looks.
        token_endpoint_auth_method: 'client_secret_post',
      },
      {
        client_id: open.clientId,
        grant_types: [grantTypes.deviceCode, grantTypes.refreshToken],
        redirect_uris: [],
        response_types: [],
        token_endpoint_auth_method: 'none',
      },
    ],
    routes: {
      authorization: endpoints.authorize,
      code_verification: '/activate',
      device_authorization: endpoints.device,
      revocation: endpoints.revoke,
      token: endpoints.token,
    },
    features: {
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: true },
      devInteractions: { enabled: true },
      revocation: { enabled: true },
    },
    scopes: ['openid', 'offline_access', 'chat:read', 'chat:edit'],
    issueRefreshToken: async () => true,
    rotateRefreshToken: true,
    // Twitch has no proof keys, so our client sends none.
    pkce: { required: () => false },
    cookies: { keys: ['for this test'] },
  })
}
