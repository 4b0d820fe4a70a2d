// `oidc-provider`, with a memory that forgets nothing; its introspection stands for validation.

import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { FORM, present } from '../contestant.ts'
import { MapAdapter } from './map-adapter.ts'

const REFRESH_TOKENS = 50
const DAY = 24 * 60 * 60

// It warns of what is there for development alone.
Object.assign(console, { warn: () => undefined, info: () => undefined })
const { Provider } = await import('oidc-provider')

const listener = http.createServer()
await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
const { port } = listener.address() as AddressInfo
const provider = new Provider(`http://localhost:${port}`, {
  adapter: MapAdapter,
  clients: [
    {
      client_id: 'client',
      client_secret: 'secret',
      grant_types: ['authorization_code', 'client_credentials', 'refresh_token'],
      redirect_uris: ['http://localhost:3000'],
      token_endpoint_auth_method: 'client_secret_post',
    },
  ],
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    introspection: { enabled: true },
  },
  scopes: ['openid', 'offline_access', 'chat:read'],
  rotateRefreshToken: false,
  ttl: { AccessToken: DAY, ClientCredentials: DAY, Grant: DAY, RefreshToken: DAY },
  cookies: { keys: ['for this measurement'] },
})
const handle = provider.callback()
listener.on('request', (request, response) => void handle(request, response))

const secret = 'client_id=client&client_secret=secret'
const client = await provider.Client.find('client')
if (client === undefined) throw new Error('The client is there')

async function makeRefreshToken(): Promise<string> {
  const grant = new provider.Grant({ accountId: 'somebody', clientId: 'client' })
  grant.addOIDCScope('offline_access chat:read')
  const token = new provider.RefreshToken({
    accountId: 'somebody',
    client,
    grantId: await grant.save(),
    gty: 'authorization_code',
    scope: 'offline_access chat:read',
  } as ConstructorParameters<typeof provider.RefreshToken>[0])
  return token.save()
}

const refreshTokens: string[] = []
for (let index = 0; index < REFRESH_TOKENS; index++) refreshTokens.push(await makeRefreshToken())

present(
  {
    port,
    shots: [
      {
        kind: 'token',
        method: 'POST',
        path: '/token',
        headers: FORM,
        bodies: [`${secret}&grant_type=client_credentials`],
      },
      {
        kind: 'validate',
        method: 'POST',
        path: '/token/introspection',
        headers: FORM,
        bodies: refreshTokens.map((token) => `${secret}&token=${token}`),
      },
      {
        kind: 'refresh',
        method: 'POST',
        path: '/token',
        headers: FORM,
        bodies: refreshTokens.map((token) => `${secret}&grant_type=refresh_token&refresh_token=${token}`),
      },
    ],
  },
  async () => undefined,
)
