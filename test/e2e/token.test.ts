// The built program as a process, against the identity server over real HTTP and real TLS.

import fs from 'node:fs'
import net, { type AddressInfo } from 'node:net'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { seededApplications } from '../../src/emulator/seeds.ts'
import { type TestServer, makeCertificate, startIdentityServer } from '../support/identity-server.ts'
import { type Machine, createMachine } from '../support/program.ts'

const { confidential, public: open } = seededApplications
const STAMP = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d /gm

interface Setting {
  readonly machine: Machine
  readonly server: TestServer
}

/** A machine that is configured for a server. */
async function createSetting(tls = false): Promise<Setting> {
  const certificate = tls ? await makeCertificate() : undefined
  const server = await startIdentityServer(certificate)
  const environment: Record<string, string> = {}
  const machine = createMachine(environment)
  if (certificate !== undefined) {
    environment['NODE_EXTRA_CA_CERTS'] = path.join(machine.home, 'ca.pem')
    fs.writeFileSync(environment['NODE_EXTRA_CA_CERTS'], certificate.cert)
  }
  return { machine, server }
}

async function configure(
  { machine, server }: Setting,
  application: { clientId: string; clientSecret?: string } = confidential,
): Promise<void> {
  const secret = application.clientSecret === undefined ? ['--public'] : ['--secret-stdin']
  const words = ['configure', '-i', application.clientId, ...secret, '--auth-url', server.url]
  const { code, stderr } = await machine.run(words, { input: application.clientSecret ?? '' })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
}

function unstamped(text: string): string {
  return text.replace(STAMP, '')
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

describe.each([
  ['HTTP', false],
  ['TLS', true],
])('over %s', (_name, tls) => {
  test('configure, token, -v, -R, -r: streams, exit codes, the file, and no secret in any URL', async () => {
    const setting = await createSetting(tls)
    const { machine, server } = setting
    await configure(setting)
    expect(kept(machine.config)).toEqual({
      AUTHURL: server.url,
      CLIENTID: confidential.clientId,
      CLIENTSECRET: confidential.clientSecret,
    })

    const app = await machine.run(['token'])
    expect({ code: app.code, stderr: unstamped(app.stderr) }).toEqual({
      code: 0,
      stderr: 'Successfully generated App Access Token.\n',
    })
    const appToken = kept(machine.config)['APPACCESSTOKEN'] ?? ''
    expect(unstamped(app.stdout)).toMatch(
      new RegExp(
        `^App Access Token: ${appToken}\nExpires At: \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d+)? \\+0000 UTC\nScopes: \\[\\]\n$`,
      ),
    )

    const valid = await machine.run(['token', '-v', appToken])
    expect({ code: valid.code, stderr: valid.stderr }).toEqual({ code: 0, stderr: '' })
    expect(valid.stdout).toMatch(
      /^Client ID: mockconfidentialclient00000001\nToken Type: App Access Token\nExpires In: \d+ \(.* UTC\)\nScopes: None\n$/,
    )

    const user = server.emulator.issueUserToken(confidential.clientId, '100000001', ['chat:read'])
    const renewed = await machine.run(['token', '-R', '-'], { input: user.refreshToken ?? '' })
    expect({ code: renewed.code, stderr: unstamped(renewed.stderr) }).toEqual({
      code: 0,
      stderr: 'Successfully refreshed Access Token.\n',
    })
    expect(kept(machine.config)).toMatchObject({
      REFRESHTOKEN: user.refreshToken,
      TOKENSCOPES: '[chat:read]',
      APPACCESSTOKEN: appToken,
    })

    const revoked = await machine.run(['token', '-r', appToken])
    expect({ code: revoked.code, stderr: revoked.stderr }).toEqual({ code: 0, stderr: '' })
    expect(unstamped(revoked.stdout)).toBe(
      `Token …${appToken.slice(-4)} has been successfully revoked\nIt was stored here, and has been forgotten.\n`,
    )
    expect(kept(machine.config)['APPACCESSTOKEN']).toBeUndefined()

    const dead = await machine.run(['token', '-v', appToken])
    expect(dead).toMatchObject({
      code: 4,
      stdout: '',
      stderr: expect.stringContaining('invalid access token (401)'),
    })

    expect(server.requests.map(({ method, target }) => `${method} ${target}`)).toEqual([
      'POST /oauth2/token',
      'POST /oauth2/token',
      'GET /oauth2/validate',
      'POST /oauth2/token',
      'POST /oauth2/revoke',
      'GET /oauth2/validate',
    ])
    for (const { headers } of server.requests)
      expect(headers['user-agent']).toMatch(/^twitch-token\/\d+\.\d+\.\d+$/)
    expect((fs.statSync(machine.config).mode & 0o777).toString(8)).toBe('600')
    expect((fs.statSync(path.dirname(machine.config)).mode & 0o777).toString(8)).toBe('700')
  })
})

describe('the file', () => {
  test('of the official CLI is taken over as it is, tightened with a word, and what it does not know is kept', async () => {
    const setting = await createSetting()
    const { machine, server } = setting
    const user = server.emulator.issueUserToken(confidential.clientId, '100000001', ['user:read:email'])
    const legacy = path.join(machine.home, '.twitch-cli', '.twitch-cli.env')
    fs.mkdirSync(path.dirname(legacy))
    const before = [
      `CLIENTSECRET=${confidential.clientSecret}`,
      'LASTUPDATECHECK=2026-11-22',
      'TOKENEXPIRATION=2026-11-23T18:20:56.605792237Z',
      `CLIENTID=${confidential.clientId}`,
      `ACCESSTOKEN=${user.accessToken}`,
      'TOKENSCOPES=[user:read:email]',
      `REFRESHTOKEN=${user.refreshToken}`,
      `AUTHURL=${server.url}`,
    ].join('\n')
    fs.writeFileSync(legacy, before, { mode: 0o644 })
    const { code, stderr } = await machine.run(['token'])
    expect(code).toBe(0)
    expect(stderr).toContain(`warning: others could get at ${legacy} (mode 0644)`)
    expect(fs.readFileSync(legacy, 'utf8').startsWith(`${before}\nAPPACCESSTOKEN=mock`)).toBe(true)
    expect((fs.statSync(legacy).mode & 0o777).toString(8)).toBe('600')
    expect((await machine.run(['token', '-v', user.accessToken])).code).toBe(0)
  })

  test('that is damaged is refused with its line, exit 3, and left alone', async () => {
    const { machine } = await createSetting()
    fs.mkdirSync(path.dirname(machine.config), { recursive: true, mode: 0o700 })
    fs.writeFileSync(machine.config, 'CLIENTID=abc\n<<<<<<< HEAD\n', { mode: 0o600 })
    for (const words of [
      ['token'],
      ['configure', '-i', 'x', '--public', '--no-verify'],
      ['token', '-v', 'x'],
    ]) {
      const { code, stderr, stdout } = await machine.run(words)
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
      expect(stderr).toContain(`${machine.config} is damaged: line 2 is not KEY=value.`)
    }
    expect(fs.readFileSync(machine.config, 'utf8')).toBe('CLIENTID=abc\n<<<<<<< HEAD\n')
  })

  test('is where --config says, and where XDG_CONFIG_HOME says, without a HOME', async () => {
    const setting = await createSetting()
    const { machine, server } = setting
    const words = ['configure', '-i', open.clientId, '--public', '--auth-url', server.url]
    const elsewhere = path.join(machine.home, 'elsewhere')
    expect(
      (await machine.run([...words, '--config', path.join(elsewhere, 'a.env')], { env: { HOME: undefined } }))
        .code,
    ).toBe(0)
    expect((await machine.run(words, { env: { XDG_CONFIG_HOME: elsewhere, HOME: undefined } })).code).toBe(0)
    expect(fs.readdirSync(elsewhere, { recursive: true }).toSorted()).toEqual([
      'a.env',
      'a.env.lock',
      'twitch-cli',
      'twitch-cli/.twitch-cli.env',
      'twitch-cli/.twitch-cli.env.lock',
    ])
  })
})

describe('configure', () => {
  test('stores what Twitch accepts, and ends with the redirect URL and its two rules', async () => {
    const { machine, server } = await createSetting()
    const { stdout, stderr, code } = await machine.run([
      'configure',
      '-i',
      confidential.clientId,
      '-s',
      confidential.clientSecret,
      '--auth-url',
      server.url,
    ])
    expect(code).toBe(0)
    expect(stderr).toContain('warning: a secret on the command line stays in the history of the shell')
    expect(stdout).toMatch(
      /^Updated configuration\.\n[^]*^ {2}http:\/\/localhost:3000$[^]*no \/ at the end[^]*first in the list/m,
    )
  })

  test.each([
    ['a wrong secret', ['-i', confidential.clientId, '-s', 'wrongsecret'], 'invalid client secret (403)'],
    ['an unknown Client ID', ['-i', 'nobody', '-s', 'wrongsecret'], 'invalid client (400)'],
    ['an unknown public Client ID', ['-i', 'nobody', '--public'], 'invalid client (400)'],
  ])('stores nothing of %s', async (_what, words, message) => {
    const setting = await createSetting()
    const { machine, server } = setting
    await configure(setting)
    const before = fs.readFileSync(machine.config)
    const { code, stdout, stderr } = await machine.run(['configure', ...words, '--auth-url', server.url])
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr).not.toContain('wrongsecret')
    expect(fs.readFileSync(machine.config)).toEqual(before)
  })

  test('stores what it could not check, and says so', async () => {
    const { machine, server } = await createSetting()
    await server.close()
    const { code, stdout, stderr } = await machine.run(
      ['configure', '-i', 'some', '--secret-stdin', '--auth-url', server.url],
      { input: 'secret' },
    )
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Updated configuration\./)
    expect(stderr).toBe(
      `warning: the credentials could not be checked: Nothing answers at localhost:${server.port}.\n`,
    )
    expect(kept(machine.config)).toMatchObject({ CLIENTID: 'some', CLIENTSECRET: 'secret' })
  })

  test('asks nobody with --no-verify', async () => {
    const { machine, server } = await createSetting()
    expect(
      (await machine.run(['configure', '-i', 'some', '--public', '--no-verify', '--auth-url', server.url]))
        .code,
    ).toBe(0)
    expect(server.requests).toEqual([])
  })

  test('forgets the tokens of another application, and says so; the same application keeps them', async () => {
    const setting = await createSetting()
    const { machine, server } = setting
    await configure(setting)
    await machine.run(['token'])
    await configure(setting)
    expect(kept(machine.config)['APPACCESSTOKEN']).toMatch(/^mock/)
    const { stdout } = await machine.run([
      'configure',
      '-i',
      open.clientId,
      '--public',
      '--auth-url',
      server.url,
    ])
    expect(stdout).toMatch(
      /^Forgot the tokens of the application that was stored before\.\nUpdated configuration\./,
    )
    expect(kept(machine.config)).toEqual({
      AUTHURL: server.url,
      CLIENTID: open.clientId,
      CLIENTTYPE: 'public',
    })
  })

  test('takes a new secret alone for the Client ID that is stored', async () => {
    const setting = await createSetting()
    const { machine } = setting
    await configure(setting)
    const { code } = await machine.run(['configure', '--secret-stdin', '--no-verify'], {
      input: 'newsecret\n',
    })
    expect(code).toBe(0)
    expect(kept(machine.config)).toMatchObject({ CLIENTID: confidential.clientId, CLIENTSECRET: 'newsecret' })
  })

  test('takes both from the environment, and keeps other profiles apart', async () => {
    const { machine, server } = await createSetting()
    const env = {
      TWITCH_CLIENT_ID: confidential.clientId,
      TWITCH_CLIENT_SECRET: confidential.clientSecret,
      TWITCH_AUTH_URL: server.url,
      TWITCH_PROFILE: 'bot',
    }
    expect((await machine.run(['configure', '--json'], { env })).stdout).toContain('"verified": true')
    expect(kept(machine.profile('bot'))).toMatchObject({ CLIENTID: confidential.clientId })
    expect(fs.existsSync(machine.config)).toBe(false)
  })

  test('has nobody to ask without a terminal', async () => {
    const { machine } = await createSetting()
    for (const words of [[], ['-i', 'some'], ['-s', 'secret'], ['--public']]) {
      const { code, stderr } = await machine.run(['configure', ...words])
      expect(code).toBe(2)
      expect(stderr).toMatch(
        /error: The Client (ID|Secret) is missing, and there is no terminal to ask for it at\.\nhint: /,
      )
    }
    expect(fs.existsSync(machine.config)).toBe(false)
  })
})

describe('a broken network', () => {
  const modes = [
    ['token'],
    ['token', '-v', 'canarytoken'],
    ['token', '-r', 'canarytoken'],
    ['token', '-R', 'canaryrefresh'],
    ['configure', '-i', 'x', '-s', 'canarysecret', '--verbose'],
  ]

  async function rawServer(onConnection: (socket: net.Socket) => void): Promise<string> {
    const server = net.createServer((socket) => onConnection(socket.on('error', () => undefined)))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/oauth2`
  }

  test.each([
    ['nothing listens', undefined],
    ['connections are reset', (socket: net.Socket) => socket.once('data', () => socket.resetAndDestroy())],
    [
      'answers break off',
      (socket: net.Socket) =>
        socket.once('data', () =>
          socket.end('HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{"access_token":"x"'),
        ),
    ],
    [
      'something else answers',
      (socket: net.Socket) => socket.once('data', () => socket.end('220 mail.example ESMTP\r\n')),
    ],
  ])(
    '%s: exit 6 at every mode, the file as it was, and no secret in any output',
    async (_what, onConnection) => {
      const { machine } = await createSetting()
      const url = onConnection === undefined ? 'http://127.0.0.1:9/oauth2' : await rawServer(onConnection)
      const content = `CLIENTID=abc\nCLIENTSECRET=canarysecret\nAUTHURL=${url}\n`
      fs.mkdirSync(path.dirname(machine.config), { recursive: true, mode: 0o700 })
      fs.writeFileSync(machine.config, content, { mode: 0o600 })
      await Promise.all(
        modes.map(async (words) => {
          const isConfigure = words[0] === 'configure'
          const { code, stdout, stderr } = await machine.run([
            ...words,
            '--verbose',
            ...(isConfigure ? ['--profile', 'other', '--auth-url', url] : []),
          ])
          expect({ words, code }).toEqual({ words, code: isConfigure ? 0 : 6 })
          expect(stdout + stderr).not.toContain('canary')
          expect(stderr).toMatch(/-> (refused|cut_off|not_http) in \d+ ms/)
        }),
      )
      expect(fs.readFileSync(machine.config, 'utf8')).toBe(content)
    },
  )
})

describe('standard output', () => {
  test('that is full: exit 3, and the token is kept', async () => {
    const setting = await createSetting()
    const { machine } = setting
    await configure(setting)
    const full = fs.openSync('/dev/full', 'w')
    onTestFinished(() => fs.closeSync(full))
    const { spawn } = await import('node:child_process')
    const { collect, program } = await import('../support/program.ts')
    const [file = '', ...first] = program
    const child = spawn(file, [...first, 'token'], {
      env: { PATH: process.env['PATH'], HOME: machine.home },
      stdio: ['ignore', full, 'pipe'],
    })
    expect(await collect(child)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("Standard output can't be written: the disk is full."),
    })
    expect(kept(machine.config)['APPACCESSTOKEN']).toMatch(/^mock/)
  })

  test('that nobody reads: exit 0, without a word', async () => {
    const setting = await createSetting()
    const { machine } = setting
    await configure(setting)
    const { code, stderr } = await machine.run(['token', '-q'], {
      onStart: (child) => child.stdout?.destroy(),
    })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })
})
