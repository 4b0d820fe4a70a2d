// The Serve port on Node: a small HTTP server that silent, slow and malformed clients can't hold up.

import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import http from 'node:http'
import type { Socket } from 'node:net'
import { Failure } from '../domain/failure.ts'
import type { Handler, Listening, ServeOptions } from '../domain/ports.ts'
import type { HttpAnswer, HttpRequest } from '../wire/http.ts'

const LARGEST_BODY = 64 * 1024
/** How long a page that is on its way may take to leave when the server closes, in milliseconds. */
const FLUSH = 150

/** @see {@link import('../domain/ports.ts').Serve} */
export async function serve(handler: Handler, options: ServeOptions): Promise<Listening> {
  const server = http.createServer({
    headersTimeout: 5_000,
    requestTimeout: 10_000,
    connectionsCheckingInterval: 1_000,
    keepAliveTimeout: 5_000,
    maxHeaderSize: 16 * 1024,
  })
  limitConnections(server, options.connections)
  const leaving = watchAnswers(server)
  server.on('request', (request, response) => {
    answer(request, handler, options)
      .then(async (data) => send(response, data))
      // What can't be answered, or not so: a handler's fault, or a header that no answer can have.
      .catch(() => response.destroy())
  })
  const port = await listen(server, options)
  return {
    port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      const left = [...leaving].map(
        async (response) => new Promise((resolve) => response.once('close', resolve)),
      )
      await Promise.race([Promise.all(left), new Promise((resolve) => setTimeout(resolve, FLUSH))])
      server.closeAllConnections()
      await closed
    },
  }
}

/** The answers that are on their way. */
function watchAnswers(server: Server): ReadonlySet<ServerResponse> {
  const leaving = new Set<ServerResponse>()
  server.on('request', (_request, response) => {
    leaving.add(response)
    response.once('close', () => leaving.delete(response))
  })
  // Of an answer that waits behind another on its connection, Node does not tell that it will never leave.
  server.on('connection', (socket) => {
    socket.once('close', () => {
      for (const response of leaving) if (response.req.socket === socket) leaving.delete(response)
    })
  })
  return leaving
}

/** Keeps so many connections that have not asked for anything, or not to the end: one more, and the oldest of them goes. */
function limitConnections(server: Server, most: number): void {
  const unasked = new Set<Socket>()
  server.on('connection', (socket) => {
    unasked.add(socket)
    socket.once('close', () => unasked.delete(socket))
    const [oldest] = unasked
    if (unasked.size > most) oldest?.destroy()
  })
  server.on('request', (request, response) => {
    const { socket } = request
    request.once('end', () => unasked.delete(socket))
    response.once('close', () => {
      if (!socket.destroyed) unasked.add(socket)
    })
  })
}

/** Without an address: on all, of both families; where one of them is taken, on none. */
async function listen(
  server: Server,
  { address, port }: Pick<ServeOptions, 'address' | 'port'>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      // A kernel without IPv6.
      if (address === undefined && 'code' in error && error.code === 'EAFNOSUPPORT')
        resolve(listen(server, { address: '0.0.0.0', port }))
      else reject(listenFailure(error, address, port))
    })
    // Left to itself, Bun would take the other family when somebody has the one.
    server.listen({ port, host: address ?? '::', exclusive: true }, () => {
      const bound = server.address()
      resolve(typeof bound === 'object' && bound !== null ? bound.port : port)
    })
  })
}

function listenFailure(error: Error, address: string | undefined, port: number): Failure {
  const code = 'code' in error ? String(error.code) : ''
  const where = address === undefined ? `Port ${port}` : `Port ${port} of ${address}`
  if (code === 'EADDRINUSE') return new Failure('busy', 'port_taken', `${where} is taken by another program.`)
  if (code === 'EACCES')
    return new Failure('usage', 'port_forbidden', `${where} may not be used by this user.`)
  if (code === 'EADDRNOTAVAIL' || code === 'EINVAL' || code === 'ENOTFOUND') {
    return new Failure('usage', 'address_unknown', `${address} is not an address of this machine.`)
  }
  return new Failure('busy', 'port_unusable', `${where} can't be used (${code}).`, { cause: error })
}

async function answer(
  request: IncomingMessage,
  handler: Handler,
  { acceptsHost }: ServeOptions,
): Promise<HttpAnswer> {
  const url = requestUrl(request)
  if (url === undefined) return plain(400)
  if (!acceptsHost(url)) return plain(421)
  const body = await readBody(request)
  if (body === undefined) return plain(413)
  return handler({
    method: request.method ?? '',
    url: url.href,
    headers: flatten(request),
    body,
  } satisfies HttpRequest)
}

/** The URL that was asked for: of one Host header, and a path; a request meant for a proxy or an upgrade is neither. */
function requestUrl({ rawHeaders, headers, url = '' }: IncomingMessage): URL | undefined {
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host')
  if (hosts.length !== 1 || !url.startsWith('/') || url.startsWith('//') || headers.upgrade !== undefined)
    return undefined
  const text = `http://${headers.host}${url}`
  const parsed = URL.canParse(text) ? new URL(text) : undefined
  return parsed?.username === '' && parsed.password === '' ? parsed : undefined
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > LARGEST_BODY) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function flatten({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  )
}

async function send(response: ServerResponse, { status, headers, body, fault }: HttpAnswer): Promise<void> {
  if (fault?.delayMilliseconds !== undefined) {
    await new Promise((resolve) => setTimeout(resolve, fault.delayMilliseconds))
  }
  if (fault?.cutAfter === 'nothing') return void response.socket?.resetAndDestroy()
  const bytes = Buffer.from(body)
  response.writeHead(status, { ...headers, 'content-length': bytes.length })
  if (fault?.cutAfter === undefined) return void response.end(bytes)
  response.write(bytes.subarray(0, fault.cutAfter), () => response.socket?.destroy())
}

function plain(status: number): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', connection: 'close' },
    body: `${http.STATUS_CODES[status]}\n`,
  }
}
