// The HTTP port against real sockets: deadlines, caps, redirects that are not followed, and what a broken network says.

import { once } from 'node:events'
import http from 'node:http'
import net, { type AddressInfo, type Socket } from 'node:net'
import { Worker } from 'node:worker_threads'
import zlib from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Http } from '../../src/domain/ports.ts'
import { createHttp } from '../../src/platform/http.ts'
import { makeCertificate, startIdentityServer } from '../support/identity-server.ts'

/** A server that does with each connection what it is told. @returns its port */
async function rawServer(onConnection: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket.on('error', () => undefined))
    onConnection(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** Answers every request with this text, as it is. */
async function answering(text: string | Buffer): Promise<number> {
  return rawServer((socket) => socket.once('data', () => socket.end(text)))
}

function port(limits = { connect: 5_000, total: 15_000, answer: 256 * 1024 }): Http {
  const { http: send, close } = createHttp(limits)
  onTestFinished(close)
  return send
}

async function get(target: number | string, send = port(), signal?: AbortSignal): ReturnType<Http> {
  const url = typeof target === 'number' ? `http://127.0.0.1:${target}/oauth2/validate` : target
  return send({ method: 'GET', url, headers: { authorization: 'OAuth canary' }, body: '' }, signal)
}

function ok(body: string | Buffer, headers = ''): Buffer {
  return Buffer.concat([
    Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n${headers}\r\n`),
    Buffer.from(body),
  ])
}

describe('an answer', () => {
  test('is read whole, as UTF-8, with its headers in lower case', async () => {
    const { status, headers, body } = await get(await answering(ok(Buffer.from('grüße'), 'X-Thing: A\r\n')))
    expect({ status, thing: headers['x-thing'], body }).toEqual({ status: 200, thing: 'A', body: 'grüße' })
  })

  test('of more than 256 KiB is not read', async () => {
    await expect(get(await answering(ok('x'.repeat(300_000))))).rejects.toMatchObject({
      kind: 'protocol',
      code: 'answer_too_large',
    })
  })

  test('without an end is cut off at 256 KiB too', async () => {
    const target = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')
      const more = (): void => {
        while (!socket.destroyed && socket.write(`10000\r\n${'x'.repeat(65_536)}\r\n`));
      }
      socket.on('drain', more)
      more()
    })
    await expect(get(target)).rejects.toMatchObject({ code: 'answer_too_large' })
  })

  test('that is compressed, 200 MB of it, is refused within a second and 32 MB', async () => {
    const bomb = zlib.gzipSync(Buffer.alloc(200_000_000))
    const target = await answering(ok(bomb, 'Content-Encoding: gzip\r\n'))
    const before = process.memoryUsage.rss()
    const start = performance.now()
    await expect(get(target)).rejects.toMatchObject({ kind: 'protocol', code: 'encoded_answer' })
    expect(performance.now() - start).toBeLessThan(1_000)
    expect(process.memoryUsage.rss() - before).toBeLessThan(32 * 1024 * 1024)
  })

  test.each([301, 302, 303, 307, 308])('by %d is returned, and its Location not visited', async (status) => {
    let visits = 0
    const trap = await rawServer((socket) => {
      visits++
      socket.destroy()
    })
    const target = await answering(
      `HTTP/1.1 ${status} Elsewhere\r\nLocation: http://127.0.0.1:${trap}/\r\nContent-Length: 0\r\n\r\n`,
    )
    expect((await get(target)).status).toBe(status)
    expect(visits).toBe(0)
  })

  test('of a name under localhost is of this machine, whatever a name server says', async () => {
    const target = await answering(ok('{}'))
    expect(await get(`http://some.name.localhost:${target}/`)).toMatchObject({ status: 200 })
  })

  test('to a second request comes over the same connection', async () => {
    let connections = 0
    const server = http.createServer((_request, response) => response.end('{}'))
    server.on('connection', () => connections++)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const send = port()
    for (let count = 0; count < 3; count++) await get((server.address() as AddressInfo).port, send)
    expect(connections).toBe(1)
  })
})

describe('no answer', () => {
  test('a closed port', async () => {
    const closed = await rawServer(() => undefined)
    const free = await new Promise<number>((resolve) => {
      const server = net.createServer().listen(0, '127.0.0.1', () => {
        const { port: number } = server.address() as AddressInfo
        server.close(() => resolve(number))
      })
    })
    expect(free).not.toBe(closed)
    await expect(get(free)).rejects.toMatchObject({
      kind: 'network',
      code: 'refused',
      message: `Nothing answers at 127.0.0.1:${free}.`,
    })
    await expect(get(`http://localhost:${free}/`)).rejects.toMatchObject({ kind: 'network', code: 'refused' })
  })

  test('a name that nobody has', async () => {
    await expect(get('https://nobody.invalid/')).rejects.toMatchObject({
      kind: 'network',
      code: 'name_not_found',
    })
  })

  test.each([
    ['a reset', (socket: Socket) => socket.once('data', () => socket.resetAndDestroy()), 'cut_off'],
    ['an end without a word', (socket: Socket) => socket.once('data', () => socket.end()), 'cut_off'],
    [
      'half an answer',
      (socket: Socket) =>
        socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"acc')),
      'cut_off',
    ],
    [
      'a chunk that breaks off',
      (socket: Socket) =>
        socket.once('data', () =>
          socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{"acc'),
        ),
      'cut_off',
    ],
    ['another protocol', (socket: Socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'), 'not_http'],
    ['garbage', (socket: Socket) => socket.once('data', () => socket.end('\u0000\u0001\u0002')), 'not_http'],
  ])('%s', async (_what, onConnection, code) => {
    await expect(get(await rawServer(onConnection))).rejects.toMatchObject({ kind: 'network', code })
  })

  test('more header than fits', async () => {
    const target = await answering(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`)
    await expect(get(target)).rejects.toMatchObject({ kind: 'protocol', code: 'answer_too_large' })
  })

  test('chunk extensions, or answers before the answer, that never end', async () => {
    const extension = `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;${'x'.repeat(100_000)}`
    const interim = 'HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n'.repeat(100)
    for (const text of [extension, interim])
      await expect(get(await answering(text))).rejects.toMatchObject({
        kind: 'protocol',
        code: 'answer_too_large',
      })
  })

  test('until after an interim one or two', async () => {
    const interim = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n'
    const target = await answering(Buffer.concat([Buffer.from(interim), ok('{}')]))
    expect(await get(target)).toMatchObject({ status: 200, body: '{}' })
  })

  test.each([
    ['nothing', () => undefined],
    [
      'headers and nothing more',
      (socket: Socket) => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n'),
    ],
    [
      'a byte now and then',
      (socket: Socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n')
        const timer = setInterval(() => socket.write('x'), 20)
        socket.on('close', () => clearInterval(timer))
      },
    ],
  ])('%s, until the deadline', async (_what, onConnection) => {
    const send = port({ connect: 100, total: 300, answer: 256 * 1024 })
    const start = performance.now()
    await expect(get(await rawServer(onConnection), send)).rejects.toMatchObject({
      kind: 'network',
      code: 'timed_out',
    })
    expect(performance.now() - start).toBeGreaterThan(250)
    expect(performance.now() - start).toBeLessThan(1_500)
  })

  test('a connection that is never made, until its own deadline', async () => {
    const target = await rawServer(() => undefined)
    const send = port({ connect: 100, total: 5_000, answer: 256 * 1024 })
    const start = performance.now()
    // The server accepts and never begins TLS: to the client the connection is not there yet.
    await expect(get(`https://127.0.0.1:${target}/`, send)).rejects.toMatchObject({
      kind: 'network',
      code: 'timed_out',
    })
    expect(performance.now() - start).toBeLessThan(1_500)
  })

  test('an interruption, which comes out as it is', async () => {
    const controller = new AbortController()
    const reason = new Error('interrupted')
    setTimeout(() => controller.abort(reason), 50)
    await expect(get(await rawServer(() => undefined), port(), controller.signal)).rejects.toBe(reason)
    await expect(get(1, port(), controller.signal)).rejects.toBe(reason)
  })

  test('plain http where TLS is expected', async () => {
    const { port: target } = await startIdentityServer()
    await expect(get(`https://127.0.0.1:${target}/`)).rejects.toMatchObject({
      kind: 'network',
      code: 'not_tls',
    })
  })

  test('a certificate that nobody vouches for, even if the environment says not to care', async () => {
    const { url } = await startIdentityServer(await makeCertificate())
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    onTestFinished(() => void delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'])
    await expect(get(url)).rejects.toMatchObject({
      kind: 'network',
      code: 'certificate_refused',
      message: expect.stringContaining('is self-signed'),
    })
  })
})

test('an answer that came while the process was stopped is read before the deadline counts', async () => {
  // A server of another thread, so that it answers while this one stands still.
  const script = `
    const server = require('node:http').createServer((request, response) => setTimeout(() => response.end('here'), 100))
    server.listen(0, '127.0.0.1', () => require('node:worker_threads').parentPort.postMessage(server.address().port))`
  const worker = new Worker(script, { eval: true })
  onTestFinished(async () => void (await worker.terminate()))
  const [target] = (await once(worker, 'message')) as [number]
  const answer = get(target, port({ connect: 5_000, total: 200, answer: 1024 }))
  // The request is on its way when the sockets have had a turn.
  await new Promise((resolve) => setTimeout(resolve, 20))
  // After an immediate, timers that are due come first.
  await new Promise((resolve) => setImmediate(resolve))
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)
  expect((await answer).body).toBe('here')
})
