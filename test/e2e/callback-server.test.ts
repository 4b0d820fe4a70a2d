// The callback server of `twitch token -u` as a process: who is heard, where it listens, and when it is gone.

import fs from 'node:fs'
import { describe, expect, test } from 'vitest'
import { connect, exchange, isOpen, occupy } from '../support/ports.ts'
import { createSetting, begin, kept, exchanges } from '../support/user-login.ts'

describe('the callback server', () => {
  test('answers beside 200 silent sockets, and the process ends within 250 ms of the result', async () => {
    const login = await begin(await createSetting(), ['--no-browser'])
    const sockets = await Promise.all(
      Array.from({ length: 200 }, async (_, index) =>
        connect(login.port, index % 2 === 0 ? '' : 'GET /?code=x HTTP/1.1\r\nHost: loc'),
      ),
    )
    const location = await login.server.emulator.approveLogin(login.url)
    const start = performance.now()
    const page = await fetch(location)
    const answered = performance.now()
    expect(page.status).toBe(200)
    expect((await login.program.ended).code).toBe(0)
    expect(performance.now() - answered).toBeLessThan(250)
    expect(answered - start).toBeLessThan(1_000)
    expect(sockets.length).toBe(200)
  })

  test('takes fifty identical callbacks at once for one', async () => {
    const login = await begin(await createSetting(), ['--no-browser'])
    const location = await login.server.emulator.approveLogin(login.url)
    const pages = await Promise.allSettled(
      Array.from({ length: 50 }, async () => (await fetch(location)).status),
    )
    expect(pages.some((page) => page.status === 'fulfilled' && page.value === 200)).toBe(true)
    expect((await login.program.ended).code).toBe(0)
    expect(exchanges(login.server)).toBe(1)
  })

  test('turns every kind of nonsense away, and goes on waiting', async () => {
    const login = await begin(await createSetting(), ['--no-browser'])
    const state = new URL(login.url).searchParams.get('state') ?? ''
    const host = `Host: localhost:${login.port}`
    const query = `/?code=x&state=${state}`
    const nonsense: readonly (readonly [string | Uint8Array, RegExp])[] = [
      [`GET ${query} HTTP/1.1\r\n\r\n`, /^HTTP\/1\.1 400/],
      [`GET ${query} HTTP/1.1\r\nHost: evil.example:${login.port}\r\n\r\n`, /^HTTP\/1\.1 421/],
      [`GET ${query} HTTP/1.1\r\nHost: localhost:1\r\n\r\n`, /^HTTP\/1\.1 421/],
      [`GET ${query} HTTP/1.1\r\n${host}\r\nHost: evil.example\r\n\r\n`, /^HTTP\/1\.1 400/],
      [`GET http://evil.example${query} HTTP/1.1\r\n${host}\r\n\r\n`, /^HTTP\/1\.1 400/],
      [`GET //evil.example${query} HTTP/1.1\r\n${host}\r\n\r\n`, /^HTTP\/1\.1 400/],
      [
        `GET ${query} HTTP/1.1\r\n${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
        /^HTTP\/1\.1 400/,
      ],
      [`OPTIONS * HTTP/1.1\r\n${host}\r\n\r\n`, /^HTTP\/1\.1 400/],
      [`POST ${query} HTTP/1.1\r\n${host}\r\nContent-Length: 1\r\n\r\nx`, /^HTTP\/1\.1 405/],
      [
        `POST ${query} HTTP/1.1\r\n${host}\r\nContent-Length: 1000000000\r\n\r\n${'x'.repeat(100_000)}`,
        /^(HTTP\/1\.1 413[^]*)?$/,
      ],
      [`CONNECT evil.example:443 HTTP/1.1\r\n${host}\r\n\r\n`, /^$/],
      [`GET /%zz HTTP/1.1\r\n${host}\r\n\r\n`, /^HTTP\/1\.1 404/],
      [`GET /${'x'.repeat(20_000)} HTTP/1.1\r\n${host}\r\n\r\n`, /^HTTP\/1\.1 (431|400|404)/],
      ['GET /\r\n\r\n', /^HTTP\/1\.1 400/],
      [new Uint8Array([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03]), /^HTTP\/1\.1 400/],
      ['\u0000\u0001\u0002\r\n\r\n', /^HTTP\/1\.1 400/],
    ]
    for (const [bytes, answer] of nonsense) expect(await exchange(login.port, bytes)).toMatch(answer)
    expect(exchanges(login.server)).toBe(0)
    await fetch(await login.server.emulator.approveLogin(login.url))
    expect((await login.program.ended).code).toBe(0)
  })

  test.each([
    ['127.0.0.1', ['127.0.0.1'], ['::1']],
    ['::1', ['::1'], ['127.0.0.1']],
    ['[::1]', ['::1'], ['127.0.0.1']],
  ])('listens on --ip %s alone', async (ip, reachable, unreachable) => {
    const login = await begin(await createSetting(), ['--no-browser', '--ip', ip])
    for (const address of reachable) expect(await isOpen(login.port, address)).toBe(true)
    for (const address of unreachable) expect(await isOpen(login.port, address)).toBe(false)
    login.program.child.kill('SIGINT')
    expect((await login.program.ended).code).toBe(130)
  })

  test('listens on both families unless it is told otherwise', async () => {
    const login = await begin(await createSetting(), ['--no-browser'])
    expect(await isOpen(login.port, '127.0.0.1')).toBe(true)
    expect(await isOpen(login.port, '::1')).toBe(true)
    login.program.child.kill('SIGINT')
    await login.program.ended
  })

  test.each(['127.0.0.1', '::1', '0.0.0.0', '::'])(
    'does not begin when the port is taken on %s: exit 8, and no browser',
    async (address) => {
      const { machine, port } = await createSetting()
      await occupy(port, address)
      const { code, stderr, stdout } = await machine.run(['token', '-u', '-p', String(port)], {
        env: { BROWSER: '/nowhere/browser' },
      })
      expect({ code, stdout }).toEqual({ code: 8, stdout: '' })
      expect(stderr).toMatch(
        new RegExp(`^error: Port ${port} is taken by another program\\.\nhint: .*-p.*\n$`),
      )
    },
  )

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('is gone within 100 ms of %s: exit %d', async (signal, code) => {
    const setting = await createSetting()
    const before = fs.readFileSync(setting.machine.config, 'utf8')
    const login = await begin(setting, ['--no-browser'])
    await connect(login.port, 'GET / HT')
    login.program.child.kill(signal)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await isOpen(login.port)).toBe(false)
    expect((await login.program.ended).code).toBe(code)
    expect(fs.readFileSync(setting.machine.config, 'utf8')).toBe(before)
  })

  test('is gone when the signal comes during the exchange', async () => {
    const login = await begin(await createSetting(), ['--no-browser'])
    login.server.emulator.script.next('/token', { afterwards: true, delayMilliseconds: 60_000 })
    login.server.interfere = (request) => request.target === '/oauth2/token'
    void fetch(await login.server.emulator.approveLogin(login.url)).catch(() => undefined)
    await login.program.tells(/Closing local server/)
    await expect.poll(() => login.server.requests.length).toBe(1)
    login.program.child.kill('SIGINT')
    const start = performance.now()
    expect((await login.program.ended).code).toBe(130)
    expect(performance.now() - start).toBeLessThan(400)
    expect(kept(login.machine.config)['REFRESHTOKEN']).toBeUndefined()
  })
})
