// Secrets that can be told from one another wherever they turn up, and an identity server that deals in nothing else.

import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Certificate, ReceivedRequest } from '../support/identity-server.ts'

/** One of each kind. */
export const canaries = {
  clientSecret: 'canaryclientsecret000000000001',
  environmentSecret: 'canaryenvironmentsecret0000002',
  accessToken: 'canaryaccesstoken0000000000003',
  refreshToken: 'canaryrefreshtoken00000000000000000000000000000004',
  appToken: 'canaryapptoken0000000000000005',
  newAccessToken: 'canarynewaccesstoken0000000006',
  newRefreshToken: 'canarynewrefreshtoken00000000000000000000000000007',
  newAppToken: 'canarynewapptoken0000000000008',
  typedToken: 'canarytypedtoken00000000000009',
  code: 'canarycode00000000000000000010',
  deviceCode: 'canarydevicecode0000000000000000000000011',
  idToken: 'canaryidtoken.0000000000000000.000012',
  proxyPassword: 'canaryproxypassword00000000013',
} as const

/** The name of one of them. */
export type Canary = keyof typeof canaries

/** Those that are in the text, as they are or as a URL, a header or a debugger may spell them. */
export function canariesIn(text: string, more: Readonly<Record<string, string>> = {}): readonly string[] {
  return Object.entries({ ...canaries, ...more })
    .filter(([, value]) => spellings(value).some((spelling) => text.includes(spelling)))
    .map(([name]) => name)
}

/** The value; in base64, wherever it begins in a longer text; in hexadecimal, as `Buffer` prints itself. */
function spellings(value: string): readonly string[] {
  const bytes = Buffer.from(value)
  const encoded = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .slice(4, -4),
  )
  const hexadecimal = bytes.toString('hex')
  return [value, ...encoded, hexadecimal, hexadecimal.replace(/..(?=.)/g, '$& ')]
}

/** The server. */
export interface CanaryServer {
  readonly url: string
  readonly port: number
  readonly requests: readonly ReceivedRequest[]
  /** When set, asked first; true means that it has dealt with the request. */
  interfere: ((request: ReceivedRequest, response: http.ServerResponse) => boolean) | undefined
}

const REFUSALS: Readonly<Record<string, readonly [number, string]>> = {
  '/validate': [401, 'invalid access token'],
  '/revoke': [400, 'Invalid token'],
  '/device': [400, 'invalid client'],
  '/token': [400, 'Invalid refresh token'],
}

/** How a server behaves: grants everything, refuses in Twitch's words, or in words that repeat what it was sent. */
export type Manner = 'grants' | 'refuses' | 'repeats'

function answerTo(
  { target, headers, body }: ReceivedRequest,
  manner: Manner,
): { status: number; body: unknown } {
  const path = target.replace(/^.*\/oauth2/, '').replace(/\?.*/, '')
  const [status = 404, message = 'not found'] = REFUSALS[path] ?? []
  if (manner === 'repeats')
    return {
      status,
      body: { status, message: `no: ${headers.authorization} ${body} ${decodeURIComponent(body)}`, canaries },
    }
  if (manner === 'refuses' || status === 404) return { status, body: { status, message } }
  switch (path) {
    case '/validate':
      return {
        status: 200,
        body: { client_id: 'abc', login: 'someone', user_id: '1', scopes: ['chat:read'], expires_in: 9_000 },
      }
    case '/device':
      return {
        status: 200,
        body: {
          device_code: canaries.deviceCode,
          user_code: 'BCDFGHJK',
          expires_in: 60,
          interval: 1,
          verification_uri: 'https://www.twitch.tv/activate',
        },
      }
    case '/token':
      return { status: 200, body: tokenFor(body) }
    default:
      return { status: 200, body: '' }
  }
}

function tokenFor(body: string): unknown {
  const common = { expires_in: 14_000, token_type: 'bearer' }
  if (body.includes('client_credentials')) return { ...common, access_token: canaries.newAppToken }
  return {
    ...common,
    access_token: canaries.newAccessToken,
    refresh_token: canaries.newRefreshToken,
    scope: ['chat:read'],
    id_token: canaries.idToken,
  }
}

/** Starts it on a free port of 127.0.0.1. */
export async function startCanaryServer(
  manner: Manner = 'grants',
  certificate?: Certificate,
): Promise<CanaryServer> {
  const requests: ReceivedRequest[] = []
  const running: CanaryServer = { url: '', port: 0, requests, interfere: undefined }
  const listener: http.RequestListener = (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const received = {
        method: request.method ?? '',
        target: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      }
      requests.push(received)
      if (running.interfere?.(received, response) === true) return
      const { status, body } = answerTo(received, manner)
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(body === '' ? '' : JSON.stringify(body))
    })
  }
  const server =
    certificate === undefined
      ? http.createServer(listener)
      : https.createServer({ key: certificate.private, cert: certificate.cert }, listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const { port } = server.address() as AddressInfo
  return Object.assign(running, {
    port,
    url: `${certificate === undefined ? 'http' : 'https'}://localhost:${port}/oauth2`,
  })
}
