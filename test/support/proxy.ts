// An HTTP proxy that writes down what passes through it, and can want a password.

import http from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A running proxy. */
export interface TestProxy {
  readonly url: string
  readonly port: number
  /** Request lines, as in `CONNECT id.example:443`. */
  readonly seen: readonly string[]
}

/** What a proxy is to do. */
export interface ProxyOptions {
  /** The user and password that it wants, as in `user:password`. */
  readonly credentials?: string
  /** The status with which it refuses everything. */
  readonly refuse?: number
  /** Where every tunnel leads, whatever host was asked for. */
  readonly leadsTo?: number
}

/** Starts a proxy on a free port of 127.0.0.1. */
export async function startProxy({ credentials, refuse, leadsTo }: ProxyOptions = {}): Promise<TestProxy> {
  const seen: string[] = []
  const server = http.createServer()
  const wanted =
    credentials === undefined ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`
  const refusal = (request: http.IncomingMessage): number | undefined =>
    refuse ?? (wanted === undefined || request.headers['proxy-authorization'] === wanted ? undefined : 407)
  server.on('connect', (request, socket, head) => {
    seen.push(`CONNECT ${request.url}`)
    socket.on('error', () => undefined)
    const status = refusal(request)
    if (status !== undefined) return socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 9\r\n\r\nproxy: no`)
    const [host = '', port = ''] = (request.url ?? '').split(':')
    const target = net.connect(leadsTo ?? Number(port), leadsTo === undefined ? host : '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      target.write(head)
      target.pipe(socket).pipe(target)
    })
    return target.on('error', () => socket.destroy())
  })
  server.on('request', (request, response) => {
    seen.push(`${request.method} ${request.url}`)
    const status = refusal(request)
    if (status !== undefined) return response.writeHead(status).end('proxy: no')
    const onward = http.request(
      request.url ?? '',
      { method: request.method, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers)
        answer.pipe(response)
      },
    )
    onward.on('error', () => response.destroy())
    return request.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, port, seen }
}
