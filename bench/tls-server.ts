// The local identity server over TLS, as a process of its own: what the programs that are measured send their requests to.

import type { IncomingMessage, ServerResponse } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { createEmulator } from '../src/emulator/emulator.ts'
import { seededApplications } from '../src/emulator/seeds.ts'

/** What it says when it is up. */
export interface Running {
  readonly url: string
  readonly accessToken: string
  readonly refreshToken: string
}

/** What it is started with. */
export interface Identity {
  readonly key: string
  readonly cert: string
}

async function start({ key, cert }: Identity): Promise<Running> {
  const emulator = createEmulator({
    now: Date.now,
    random: (count) => crypto.getRandomValues(new Uint8Array(count)),
  })
  let renewals = 0
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', headers, url } = request
    const body = await text(request)
    const { status, ...answered } = await emulator.handle({
      method,
      url: `https://${headers.host}${url}`,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      body,
    })
    if (body.includes('grant_type=refresh_token') && status === 200) renewals++
    response.writeHead(status, answered.headers).end(answered.body)
  }
  const server = https.createServer({ key, cert }, (request, response) => void answer(request, response))
  process.on('message', () => process.send?.(renewals))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { clientId } = seededApplications.confidential
  const { accessToken, refreshToken = '' } = emulator.issueUserToken(clientId, '100000001', ['chat:read'])
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}/oauth2`,
    accessToken,
    refreshToken,
  }
}

process.once('message', (identity: Identity) => {
  void start(identity).then((running) => process.send?.(running))
})
process.once('disconnect', () => process.exit())
