// The emulator on a real socket, over HTTP or TLS, with every request written down as it came.

import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { generate } from 'selfsigned'
import { onTestFinished } from 'vitest'
import { type Emulator, type EmulatorOptions, createEmulator } from '../../src/emulator/emulator.ts'
import type { HttpAnswer } from '../../src/wire/http.ts'

/** A request as it came over the wire. */
export interface ReceivedRequest {
  readonly method: string
  /** Path and query. */
  readonly target: string
  readonly headers: http.IncomingHttpHeaders
  readonly body: string
}

/** What answers instead of the emulator, for a request or for all; undefined lets the emulator answer. */
export type Interference = (request: ReceivedRequest, response: http.ServerResponse) => boolean

/** A running server. */
export interface TestServer {
  /** The base URL, for `--auth-url`. */
  readonly url: string
  readonly port: number
  readonly emulator: Emulator
  readonly requests: readonly ReceivedRequest[]
  /** Seconds that the server's clock is ahead of the real one. */
  skew: number
  /** When set, asked first; true means that it has dealt with the request. */
  interfere: Interference | undefined
  close(): Promise<void>
}

/** A key and a certificate made for this test. */
export interface Certificate {
  readonly private: string
  readonly cert: string
}

/** What the certificate of a server says. */
export interface CertificateOptions {
  readonly name?: string
  readonly expired?: boolean
}

/** Makes a self-signed certificate. */
export async function makeCertificate({
  name = 'localhost',
  expired = false,
}: CertificateOptions = {}): Promise<Certificate> {
  const day = 24 * 60 * 60 * 1000
  return generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - 10 * day),
    notAfterDate: new Date(Date.now() + (expired ? -1 : 10) * day),
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: name }] },
    ],
  })
}

/** Starts the emulator on a free port of 127.0.0.1. */
export async function startIdentityServer(
  certificate?: Certificate,
  behaviour: Partial<EmulatorOptions> = {},
): Promise<TestServer> {
  const requests: ReceivedRequest[] = []
  const server =
    certificate === undefined
      ? http.createServer()
      : https.createServer({ key: certificate.private, cert: certificate.cert })
  const running: TestServer = {
    url: '',
    port: 0,
    requests,
    skew: 0,
    interfere: undefined,
    emulator: createEmulator({
      now: () => Date.now() + running.skew * 1000,
      random: (count) => crypto.getRandomValues(new Uint8Array(count)),
      ...behaviour,
    }),
    close: async () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  server.on('request', (request, response) => void handle(running, requests, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => running.close())
  const { port } = server.address() as AddressInfo
  return Object.assign(running, {
    port,
    url: `${certificate === undefined ? 'http' : 'https'}://localhost:${port}/oauth2`,
  })
}

async function handle(
  running: TestServer,
  requests: ReceivedRequest[],
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  let body = ''
  for await (const chunk of request.setEncoding('utf8') as AsyncIterable<string>) body += chunk
  const received = { method: request.method ?? '', target: request.url ?? '', headers: request.headers, body }
  requests.push(received)
  if (running.interfere?.(received, response) !== true) await answerByEmulator(running, received, response)
}

/** What the server does with a request when nothing interferes; something that interferes may do it later. */
export async function answerByEmulator(
  { emulator }: TestServer,
  { method, target, headers: received, body }: ReceivedRequest,
  response: http.ServerResponse,
): Promise<HttpAnswer> {
  const headers = Object.fromEntries(Object.entries(received).map(([name, value]) => [name, String(value)]))
  const url = `http://${received.host}${target}`
  const answer = await emulator.handle({ method, url, headers, body })
  response.writeHead(answer.status, answer.headers)
  response.end(answer.body)
  return answer
}
