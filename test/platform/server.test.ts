// The Serve port against clients that go away, and handlers that answer what no answer can be.

import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import type { Handler, Listening } from '../../src/domain/ports.ts'
import { serve } from '../../src/platform/server.ts'
import { connect, exchange } from '../support/ports.ts'

async function serving(handler: Handler): Promise<Listening> {
  const listening = await serve(handler, {
    address: '127.0.0.1',
    port: 0,
    connections: 8,
    acceptsHost: () => true,
  })
  onTestFinished(async () => listening.close())
  return listening
}

const REQUEST = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'

test('requests in a row whose sender has gone are forgotten: nothing is waited for at the end', async () => {
  let asked = 0
  const { port, close } = await serving(async () => {
    asked++
    return new Promise(() => undefined)
  })
  const socket = await connect(port, REQUEST.repeat(3))
  await expect.poll(() => asked, { interval: 1 }).toBe(3)
  socket.destroy()
  await new Promise((resolve) => setTimeout(resolve, 50))
  const start = performance.now()
  await close()
  expect(performance.now() - start).toBeLessThan(100)
})

test.each([
  ['a header', { status: 200, headers: { location: '/\r\nX: y' }, body: '' }],
  ['a status', { status: 1_000, headers: {}, body: '' }],
])('%s that no answer can have ends the connection, and nothing else', async (_what, answer) => {
  const { port } = await serving(async () => answer)
  expect(await exchange(port, REQUEST)).toBe('')
  expect(await exchange(port, REQUEST)).toBe('')
})

test('when there are too many, those go first that hold their request back, and none that was heard', async () => {
  let asked = 0
  const { port } = await serving(async () => {
    asked++
    return new Promise(() => undefined)
  })
  const heard = await connect(port, REQUEST)
  await expect.poll(() => asked, { interval: 1 }).toBe(1)
  const slow = await connect(port, 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf')
  const ended = once(slow.resume(), 'close')
  // Its head has been read by then, so that it counts as a request.
  await new Promise((resolve) => setTimeout(resolve, 50))
  for (let count = 0; count < 8; count++) await connect(port, '')
  // Without the limit it would be ended too: after ten seconds, for being slow.
  await Promise.race([ended, new Promise((_, reject) => setTimeout(reject, 2_000, new Error('It stays')))])
  expect(heard.destroyed).toBe(false)
})
