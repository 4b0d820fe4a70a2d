// `twitch token -u` as a process, with an HTTP client in the browser’s place.

import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { seededApplications } from '../../src/emulator/seeds.ts'
import { createMachine } from '../support/program.ts'
import { createSetting, begin, kept, unstamped } from '../support/user-login.ts'

const { confidential } = seededApplications

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
