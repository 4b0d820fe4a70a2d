// The load: connections that are kept open, each with one request under way, written straight to the socket so that the client is not what limits.

import net from 'node:net'
import type { Shot } from './contestant.ts'

/** A burst of requests of one kind. */
export interface Burst {
  readonly port: number
  readonly shot: Shot
  readonly milliseconds: number
  readonly connections: number
}

/** How it went. */
export interface Hits {
  readonly answers: number
  readonly milliseconds: number
  /** How much of that time this client was busy: near 1, it was what limited. */
  readonly busy: number
}

const HEAD_END = Buffer.from('\r\n\r\n')

/** Sends requests for so long. @throws Error for any answer but 200 */
async function fire({ port, shot, milliseconds, connections }: Burst): Promise<Hits> {
  const requests = shot.bodies.map((body) => toBytes(port, shot, body))
  const begin = performance.now()
  const cpu = process.cpuUsage()
  const end = begin + milliseconds
  const counts = await Promise.all(
    Array.from({ length: connections }, async (_, index) => keepAsking(port, requests, index, end)),
  )
  const took = performance.now() - begin
  const { user, system } = process.cpuUsage(cpu)
  return {
    answers: counts.reduce((sum, count) => sum + count, 0),
    milliseconds: took,
    busy: (user + system) / 1000 / took,
  }
}

function toBytes(port: number, { method, path, headers }: Shot, body: string): Buffer {
  const lines = Object.entries({
    host: `localhost:${port}`,
    accept: 'application/json',
    ...headers,
    ...(method === 'POST' && { 'content-length': String(body.length) }),
  })
  return Buffer.from(
    `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`,
  )
}

async function keepAsking(
  port: number,
  requests: readonly Buffer[],
  first: number,
  end: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ port, host: '127.0.0.1', noDelay: true })
    let sent = first
    let answers = 0
    let received = Buffer.alloc(0)
    const ask = (): void => void socket.write(requests[sent++ % requests.length] ?? '')
    socket.on('connect', ask)
    socket.on('error', reject)
    socket.on('close', () => resolve(answers))
    socket.on('data', (data) => {
      received = received.length === 0 ? data : Buffer.concat([received, data])
      const length = answerLength(received)
      if (length === undefined || received.length < length) return
      if (received.toString('latin1', 9, 12) !== '200') {
        socket.destroy(new Error(`The server answered: ${received.toString('utf8')}`))
        return
      }
      received = Buffer.alloc(0)
      answers++
      if (performance.now() < end) ask()
      else socket.destroy()
    })
  })
}

/** How long the whole answer will be, once its head is there. */
function answerLength(received: Buffer): number | undefined {
  const head = received.indexOf(HEAD_END)
  if (head === -1) return undefined
  const length = /content-length: *(\d+)/i.exec(received.toString('latin1', 0, head))?.[1]
  if (length === undefined) throw new Error('The server does not say how long its answer is')
  return head + HEAD_END.length + Number(length)
}

process.on('message', (burst: Burst) => {
  void fire(burst).then((hits) => process.send?.(hits))
})
process.once('disconnect', () => process.exit())
