// Ports that are free, and ports that are not.

import net, { type AddressInfo, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** A port that nobody listens on, on any address. */
export async function freePort(): Promise<number> {
  const server = net.createServer()
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Listens on the port, until the test is over. */
export async function occupy(port: number, address: string): Promise<void> {
  const server = net.createServer((socket) => socket.destroy())
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, address, resolve))
  onTestFinished(() => void server.close())
}

/** Opens a connection; `after` is sent on it. */
export async function connect(port: number, after = '', address = '127.0.0.1'): Promise<Socket> {
  const socket = net.connect(port, address)
  socket.on('error', () => undefined)
  onTestFinished(() => void socket.destroy())
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  if (after !== '') socket.write(after)
  return socket
}

/** Whether somebody listens there. */
export async function isOpen(port: number, address = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, address, () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

/** Sends bytes as they are, and reads until the other side is done. */
export async function exchange(
  port: number,
  bytes: string | Uint8Array,
  address = '127.0.0.1',
): Promise<string> {
  const socket = await connect(port, '', address)
  let text = ''
  socket.on('data', (data) => (text += String(data)))
  socket.write(bytes)
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.destroy(), 2_000)
    socket.once('close', () => {
      clearTimeout(timer)
      resolve(text)
    })
  })
}
