// A server that writes what it is told on every connection, and nothing of its own accord.

import net, { type AddressInfo, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** The server. */
export interface RawServer {
  /** The base URL, for `--auth-url`. */
  readonly url: string
  readonly port: number
  /** Everything that was received, on all connections, as it came. */
  readonly received: string
  /** When a request came last, on the clock of `performance`. */
  readonly askedAt: number
}

/** Starts it on a free port of 127.0.0.1. @param answer called with the first bytes of each connection */
export async function startRawServer(answer: (socket: Socket, request: string) => void): Promise<RawServer> {
  const sockets = new Set<Socket>()
  const running = { url: '', port: 0, received: '', askedAt: 0 }
  const server = net.createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    socket.once('data', (data) => {
      running.askedAt = performance.now()
      answer(socket, data.toString('latin1'))
    })
    socket.on('data', (data) => (running.received += data.toString('latin1')))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return Object.assign(running, { port, url: `http://localhost:${port}/oauth2` })
}

/** Writes the same again and again, as fast as it is taken. */
export function flood(socket: Socket, bytes: string | Buffer, times: number = Infinity): void {
  let left = times
  const more = (): void => {
    while (left > 0 && !socket.destroyed) {
      left--
      if (!socket.write(bytes)) return
    }
    if (left === 0) socket.end()
  }
  socket.on('drain', more)
  more()
}

/** Writes the same now and then, for ever. */
export function drip(socket: Socket, bytes: string): void {
  const timer = setInterval(() => socket.write(bytes), 50)
  socket.on('close', () => clearInterval(timer))
}
