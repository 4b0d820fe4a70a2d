// `twitch token -u` as a process, with an HTTP client in the browser's place.

import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { seededApplications } from '../../src/emulator/seeds.ts'
import { type TestServer, startIdentityServer } from '../support/identity-server.ts'
import { connect, exchange, freePort, isOpen, occupy } from '../support/ports.ts'
import {
  type Machine,
  type RunOptions,
  type RunningProgram,
  createMachine,
  start,
} from '../support/program.ts'

const { confidential, public: open } = seededApplications

interface Setting {
  readonly machine: Machine
  readonly server: TestServer
  readonly port: number
}

interface Login extends Setting {
  readonly program: RunningProgram
  /** The address that was shown. */
  readonly url: string
}

/** A machine that is configured for a server, and a port that is registered there. */
async function createSetting(
  application: { clientId: string; clientSecret?: string } = confidential,
): Promise<Setting> {
  const server = await startIdentityServer(undefined, { deviceIntervalSeconds: 1 })
  const port = await freePort()
  server.emulator.addApplication({
    ...confidential,
    redirectUris: [`http://localhost:${port}`, `http://contoso.test:${port}`],
  })
  const machine = createMachine()
  const secret = application.clientSecret === undefined ? ['--public'] : ['--secret-stdin']
  await machine.run(
    ['configure', '-i', application.clientId, ...secret, '--no-verify', '--auth-url', server.url],
    { input: application.clientSecret ?? '' },
  )
  return { machine, server, port }
}

async function begin(
  setting: Setting,
  words: readonly string[] = [],
  options: RunOptions = {},
): Promise<Login> {
  const program = start(setting.machine, ['token', '-u', '-p', String(setting.port), ...words], options)
  const [url = ''] = await program.tells(/http:\/\/localhost:\d+\/oauth2\/authorize\S+/)
  await program.tells(/Waiting for authorization response \.\.\.\n|\{|^http/)
  return { ...setting, program, url }
}

function kept(file: string): Record<string, string> {
  return Object.fromEntries(
    fs
      .readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(/=(.*)/s).slice(0, 2)),
  ) as Record<string, string>
}

function unstamped(text: string): string {
  return text.replace(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d /gm, '')
}

function exchanges({ requests }: TestServer): number {
  return requests.filter(({ body }) => body.includes('authorization_code')).length
}

describe('a login through the browser', () => {
  test('prints the official lines, stores the token with its owner, and leaves no secret in a URL', async () => {
    const login = await begin(await createSetting(), ['-s', 'user:read:email chat:read', '--no-browser'])
    const page = await fetch(await login.server.emulator.approveLogin(login.url, '100000002'))
    expect(await page.text()).toContain('Feel free to close this browser window.')
    const { code, stdout, stderr } = await login.program.ended
    expect(code).toBe(0)
    expect(unstamped(stdout)).toMatch(
      /^User Access Token: mock\w{26}\nRefresh Token: mock\w{46}\nExpires At: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)? \+0000 UTC\nScopes: \[chat:read user:read:email\]\n$/,
    )
    expect(unstamped(stderr)).toBe(
      [
        'Open this address in a browser. Press Ctrl+C to cancel...',
        login.url,
        'Waiting for authorization response ...',
        'Closing local server ...',
        'Successfully generated User Access Token.',
        'Logged in as mock_bot (100000002).',
        '',
      ].join('\n'),
    )
    expect(kept(login.machine.config)).toMatchObject({
      ACCESSTOKEN: /User Access Token: (\w+)/.exec(stdout)?.[1],
      REFRESHTOKEN: /Refresh Token: (\w+)/.exec(stdout)?.[1],
      TOKENSCOPES: '[chat:read user:read:email]',
      USERID: '100000002',
      USERLOGIN: 'mock_bot',
    })
    expect(login.server.requests.map(({ method, target }) => `${method} ${target}`)).toEqual([
      'POST /oauth2/token',
      'GET /oauth2/validate',
    ])
  })

  test('validates over the connection of the exchange', async () => {
    const login = await begin(await createSetting(), ['--no-browser'])
    const ports = new Set<unknown>()
    login.server.interfere = (_request, response) => {
      ports.add(response.socket?.remotePort)
      return false
    }
    await fetch(await login.server.emulator.approveLogin(login.url))
    expect((await login.program.ended).code).toBe(0)
    expect(ports.size).toBe(1)
  })

  test('opens the browser with an argument array, and with an environment that holds none of our secrets', async () => {
    const setting = await createSetting()
    const record = path.join(setting.machine.home, 'record.json')
    const browser = path.join(setting.machine.home, 'browser.cjs')
    fs.writeFileSync(
      browser,
      `#!${process.execPath}\nrequire('fs').writeFileSync(${JSON.stringify(record)}, JSON.stringify({ words: process.argv.slice(2), env: process.env }))`,
      { mode: 0o755 },
    )
    const env = {
      BROWSER: browser,
      TWITCH_CLIENT_SECRET: confidential.clientSecret,
      TWITCH_CLIENTSECRET: 'canary',
      TWITCH_ACCESSTOKEN: 'canary',
    }
    const login = await begin(setting, [], { env })
    await expect.poll(() => fs.existsSync(record)).toBe(true)
    await fetch(await login.server.emulator.approveLogin(login.url))
    const { code, stderr } = await login.program.ended
    expect(code).toBe(0)
    expect(stderr).toMatch(/^Opening browser\. Press Ctrl\+C to cancel\.\.\.\nIf it does not open: http/)
    const { words, env: seen } = JSON.parse(fs.readFileSync(record, 'utf8')) as {
      words: string[]
      env: Record<string, string>
    }
    expect(words).toEqual([login.url])
    expect(Object.keys(seen).filter((name) => name.startsWith('TWITCH'))).toEqual([])
    expect(JSON.stringify(seen)).not.toMatch(/canary|mocksecret/)
  })

  test('goes on when there is no browser to open', async () => {
    const login = await begin(await createSetting(), [], { env: { BROWSER: '/nowhere/browser' } })
    await login.program.tells(
      /The browser could not be opened \(\/nowhere\/browser: ENOENT\)\. Open the address yourself\./,
    )
    await fetch(await login.server.emulator.approveLogin(login.url))
    expect((await login.program.ended).code).toBe(0)
  })

  test.each([
    ['an SSH session', { SSH_CONNECTION: '1.2.3.4 5 6.7.8.9 22', DISPLAY: ':0' }, 'this is an SSH session'],
    ['no display', {}, 'there is no display'],
  ])('does not open a browser in %s, and says why', async (_what, env, why) => {
    const login = await begin(await createSetting(), [], { env })
    await login.program.tells(new RegExp(`The browser is not opened here: (${why}|this is a container)\\.`))
    await fetch(await login.server.emulator.approveLogin(login.url))
    expect((await login.program.ended).code).toBe(0)
  })

  test('shows the address on standard error with --json and with -q too, and nothing else', async () => {
    for (const [flag, pattern] of [
      ['--json', /^\{\n {2}"access_token": "mock[^]*"login": "mock_streamer"\n\}\n$/],
      ['-q', /^mock\w{26}\n$/],
    ] as const) {
      const login = await begin(await createSetting(), [flag, '--no-browser'])
      await fetch(await login.server.emulator.approveLogin(login.url))
      const { code, stdout, stderr } = await login.program.ended
      expect(code).toBe(0)
      expect(stdout).toMatch(pattern)
      expect(stderr).toBe(`${login.url}\n`)
    }
  })

  test.each([
    ['the right account', 'Mock_Bot', 0],
    ['another account', 'mock_viewer', 4],
  ])('of %s, when %s is expected: exit %d', async (_what, expected, code) => {
    const login = await begin(await createSetting(), ['--no-browser', '--expect-login', expected])
    const before = fs.readFileSync(login.machine.config, 'utf8')
    const page = await (await fetch(await login.server.emulator.approveLogin(login.url, '100000002'))).text()
    const result = await login.program.ended
    expect(result.code).toBe(code)
    if (code === 0) return
    expect(result.stderr).toContain(
      'The login was mock_bot, and should have been mock_viewer. Nothing was stored.',
    )
    expect(page).toContain('Error! other_login')
    expect(fs.readFileSync(login.machine.config, 'utf8')).toBe(before)
  })

  test('tells of scopes that were not granted, and of others that were', async () => {
    const login = await begin(await createSetting(), ['--no-browser', '-s', 'chat:read', '-s', 'chat:edit'])
    login.server.emulator.script.next('/validate', {
      body: {
        client_id: 'x',
        login: 'mock_bot',
        user_id: '2',
        expires_in: 9,
        scopes: ['chat:read', 'bits:read'],
      },
    })
    await fetch(await login.server.emulator.approveLogin(login.url))
    const { stderr, code } = await login.program.ended
    expect(code).toBe(0)
    expect(stderr).toContain(
      'warning: not granted, though asked for: chat:edit\nwarning: granted without being asked for: bits:read\n',
    )
  })

  test('keeps the token when it can not be found out whose it is', async () => {
    const login = await begin(await createSetting(), ['--no-browser'])
    login.server.emulator.script.next('/validate', { status: 503, body: '<html>' })
    await fetch(await login.server.emulator.approveLogin(login.url))
    const { stderr, code } = await login.program.ended
    expect(code).toBe(0)
    expect(stderr).toContain('warning: it could not be found out whose token it is: ')
    expect(kept(login.machine.config)['REFRESHTOKEN']).toMatch(/^mock/)
  })

  test('that the user refuses, and one that the exchange refuses: exit 4, and the stored tokens stay', async () => {
    const setting = await createSetting()
    const before = fs.readFileSync(setting.machine.config, 'utf8')
    const denied = await begin(setting, ['--no-browser'])
    expect(await (await fetch(await denied.server.emulator.denyLogin(denied.url))).text()).toContain(
      'Error! access_denied',
    )
    expect(await denied.program.ended).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('localhost:'),
    })
    const failed = await begin(setting, ['--no-browser'])
    failed.server.emulator.script.next('/token', {
      status: 403,
      body: { status: 403, message: 'invalid client secret' },
    })
    expect(await (await fetch(await failed.server.emulator.approveLogin(failed.url))).text()).toContain(
      'invalid client secret',
    )
    expect(await failed.program.ended).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('invalid client secret (403)'),
    })
    expect(fs.readFileSync(setting.machine.config, 'utf8')).toBe(before)
  })

  test('that nobody comes back from ends after --timeout: exit 5', async () => {
    const login = await begin(await createSetting(), ['--no-browser', '--timeout', '1s'])
    const { code, stderr } = await login.program.ended
    expect(code).toBe(5)
    expect(stderr).toContain('--dcf')
  })
})

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

describe('what is refused before anything is sent', () => {
  test.each([
    [['-s', 'chat:reed'], 'Twitch has no scope "chat:reed".'],
    [['-s', 'user_read'], 'Twitch has retired the scope "user_read".'],
    [['-p', '6000'], 'Browsers refuse to go to port 6000.'],
    [['-p', '0'], 'Browsers refuse to go to port 0.'],
    [['-p', '70000'], 'is not a port'],
    [['--redirect-host', 'http://contoso.com'], '--redirect-host takes a host alone'],
    [['--redirect-host', 'contoso.com/'], '--redirect-host takes a host alone'],
    [['--redirect-host', 'contoso.com:3000'], '--redirect-host takes a host alone'],
    [['--redirect-host', ''], '--redirect-host takes a host alone'],
    [['--ip', ''], '--ip needs an address'],
    [['--ip', '203.0.113.77'], '203.0.113.77 is not an address of this machine.'],
    [['--timeout', 'soon'], '--timeout takes a time'],
    [['--open', '--no-browser'], '--open and --no-browser'],
    [['-v', 'x'], '-u (--user-token) and -v (--validate)'],
  ])('%j: exit 2', async (words, complaint) => {
    const { machine, server } = await createSetting()
    const { code, stderr } = await machine.run(['token', '-u', ...words])
    expect(code).toBe(2)
    expect(stderr).toContain(complaint)
    expect(server.requests).toEqual([])
  })

  test.each([['--dcf'], ['--forceverify'], ['-s', 'chat:read'], ['--no-browser'], ['--expect-login', 'x']])(
    '%s without -u: exit 2',
    async (...words) => {
      const { code, stderr } = await createMachine().run(['token', ...words])
      expect(code).toBe(2)
      expect(stderr).toMatch(/can only be used with -u \(--user-token\)\./)
    },
  )

  test('the right form of a redirect host is shown', async () => {
    const { machine } = await createSetting()
    const { stderr } = await machine.run(['token', '-u', '--redirect-host', 'https://contoso.com:3000/x'])
    expect(stderr).toContain('--redirect-host contoso.com\n')
  })
})

describe('a login by device code', () => {
  async function beginDevice(
    application: { clientId: string; clientSecret?: string },
    words: readonly string[] = [],
  ): Promise<Setting & { program: RunningProgram; userCode: string }> {
    const setting = await createSetting(application)
    const program = start(setting.machine, [
      'token',
      '-u',
      '--dcf',
      '-s',
      'user:read:email chat:read',
      ...words,
    ])
    const [, userCode = ''] = await program.tells(/Use this code when prompted at the above URL: ([A-Z]{8})/)
    return { ...setting, program, userCode }
  }

  test('of a public application: the official text, no secret anywhere, the token stored', async () => {
    const { machine, server, program, userCode } = await beginDevice(open)
    server.emulator.approveDevice(userCode, '100000003')
    const { code, stdout, stderr } = await program.ended
    expect(code).toBe(0)
    expect(unstamped(stderr)).toBe(
      [
        'Started Device Code Flow login.',
        `Use this URL to log in: http://localhost:${server.port}/activate?device-code=${userCode}`,
        `Use this code when prompted at the above URL: ${userCode}`,
        '',
        'This system will check every 1 seconds, and will expire after 30 minutes.',
        'Successfully generated User Access Token.',
        'Logged in as mock_viewer (100000003).',
        '',
      ].join('\n'),
    )
    expect(unstamped(stdout)).toMatch(
      /^User Access Token: mock\w{26}\nRefresh Token: mock\w{46}\nExpires At: .* UTC\nScopes: \[chat:read user:read:email\]\n$/,
    )
    expect(kept(machine.config)).toMatchObject({
      CLIENTTYPE: 'public',
      USERLOGIN: 'mock_viewer',
      TOKENSCOPES: '[chat:read user:read:email]',
    })
    expect(server.requests.map(({ body }) => body).join()).not.toContain('secret')
    for (const { target } of server.requests) expect(target).not.toContain('?')
    expect(stdout + stderr).not.toContain(new URLSearchParams(server.requests[1]?.body).get('device_code'))
  })

  test('of a confidential application warns once that refreshing needs the secret, and sends none', async () => {
    const { server, program, userCode } = await beginDevice(confidential)
    server.emulator.approveDevice(userCode)
    const { stderr } = await program.ended
    expect(stderr.match(/warning: .*Client Secret.*/g)).toEqual([expect.stringContaining('refresh')])
    expect(server.requests.map(({ body }) => body).join()).not.toContain('secret')
  })

  test('that the user refuses: exit 4', async () => {
    const { server, program, userCode } = await beginDevice(open)
    server.emulator.denyDevice(userCode)
    server.emulator.script.next('/token', { status: 400, body: { status: 400, message: 'access_denied' } })
    expect(await program.ended).toMatchObject({ code: 4, stdout: '' })
  })

  test('goes on over a cut connection, and says so', async () => {
    const { server, program, userCode } = await beginDevice(open)
    server.interfere = (_request, response) => {
      response.socket?.destroy()
      server.interfere = undefined
      return true
    }
    await program.tells(/warning: The connection to localhost:\d+ was cut off.* Trying again in 2 seconds\./)
    server.emulator.approveDevice(userCode)
    expect((await program.ended).code).toBe(0)
  })

  test('shows nothing and opens nothing when the address is not to be trusted: exit 7', async () => {
    const { machine, server } = await createSetting(open)
    server.emulator.script.next('/device', {
      body: {
        device_code: 'x',
        user_code: 'BCDFGHJK',
        expires_in: 1800,
        interval: 1,
        verification_uri: 'https://evil.example/activate',
      },
    })
    const { code, stderr } = await machine.run(['token', '-u', '--dcf', '--open'])
    expect(code).toBe(7)
    expect(stderr).not.toContain('evil.example')
  })

  test('interrupted: exit 130, nothing stored', async () => {
    const { machine, program } = await beginDevice(open)
    program.child.kill('SIGINT')
    expect((await program.ended).code).toBe(130)
    expect(kept(machine.config)['ACCESSTOKEN']).toBeUndefined()
  })

  test('of an unknown application: exit 4', async () => {
    const { machine } = await createSetting({ clientId: 'nobody' })
    expect(await machine.run(['token', '-u', '--dcf'])).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('invalid client (400)'),
    })
  })
})
