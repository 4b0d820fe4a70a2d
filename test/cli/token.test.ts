// `twitch token` from words to streams and file, in a world whose network is the emulator.

import { describe, expect, test } from 'vitest'
import { Failure } from '../../src/domain/failure.ts'
import type { Http } from '../../src/domain/ports.ts'
import { seededApplications } from '../../src/emulator/seeds.ts'
import { CONFIG, type Somebody, configured, createSomebody, createUser } from '../support/somebody.ts'

const { confidential, public: open } = seededApplications
const STAMP = '2026/11/23 12:00:00'

describe('an app token', () => {
  test('is printed in the official lines, stored, and asked for with the secret in the body alone', async () => {
    const { twitch, kept, requests } = createSomebody(configured())
    const { code, stdout, stderr } = await twitch(['token'])
    expect(code).toBe(0)
    expect(stderr).toBe(`${STAMP} Successfully generated App Access Token.\n`)
    expect(stdout).toMatch(
      new RegExp(
        `^${STAMP} App Access Token: (mock\\w{26})\n${STAMP} Expires At: 2027-01-\\d\\d \\d\\d:\\d\\d:\\d\\d \\+0000 UTC\n${STAMP} Scopes: \\[\\]\n$`,
      ),
    )
    const [, token = ''] = /Token: (\w+)/.exec(stdout) ?? []
    expect(kept()).toMatchObject({
      ACCESSTOKEN: token,
      APPACCESSTOKEN: token,
      REFRESHTOKEN: '',
      TOKENSCOPES: '[]',
      CLIENTID: confidential.clientId,
    })
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({
      method: 'POST',
      url: 'https://id.twitch.tv/oauth2/token',
      headers: {
        'user-agent': 'twitch-token/0.0.0-test',
        'content-type': 'application/x-www-form-urlencoded',
        'accept-encoding': 'identity',
      },
    })
    expect(Object.fromEntries(new URLSearchParams(requests[0]?.body))).toEqual({
      client_id: confidential.clientId,
      client_secret: confidential.clientSecret,
      grant_type: 'client_credentials',
    })
  })

  test('is one JSON document with --json, and one word with -q', async () => {
    const { twitch, kept } = createSomebody(configured())
    const json = await twitch(['token', '--json'])
    const document = JSON.parse(json.stdout) as Record<string, unknown>
    expect(Object.keys(document)).toEqual([
      'access_token',
      'refresh_token',
      'token_type',
      'expires_in',
      'expires_at',
      'expires_at_epoch',
      'scope',
      'kind',
      'client_id',
      'user_id',
      'login',
    ])
    expect(document).toMatchObject({
      access_token: kept()['ACCESSTOKEN'],
      refresh_token: null,
      token_type: 'bearer',
      scope: [],
      kind: 'app',
      client_id: confidential.clientId,
      user_id: null,
      login: null,
    })
    expect(Date.parse(String(document['expires_at'])) / 1000).toBe(document['expires_at_epoch'])
    expect(json.stderr).toBe('')
    const quiet = await twitch(['token', '-q'])
    expect(quiet).toEqual({ code: 0, stdout: `${kept()['ACCESSTOKEN']}\n`, stderr: '' })
  })

  test('leaves the user token that is stored in its place', async () => {
    const { twitch, kept, accessToken, refreshToken } = createUser()
    await twitch(['token'])
    expect(kept()).toMatchObject({
      ACCESSTOKEN: accessToken,
      REFRESHTOKEN: refreshToken,
      TOKENSCOPES: '[chat:read user:read:email]',
      USERLOGIN: 'mock_streamer',
    })
    expect(kept()['APPACCESSTOKEN']).toMatch(/^mock/)
    expect((await twitch(['token', '-v', accessToken])).code).toBe(0)
  })

  test.each([
    [{ CLIENTID: confidential.clientId, CLIENTSECRET: 'wrong' }, 4, 'invalid client secret (403)'],
    [{ CLIENTID: 'nobody', CLIENTSECRET: 'x' }, 4, 'invalid client (400)'],
    [{ CLIENTID: open.clientId, CLIENTTYPE: 'public' }, 2, 'needs the Client Secret'],
  ])('is refused to %o, with nothing stored', async (values, code, words) => {
    const { twitch, contents } = createSomebody(
      Object.entries(values)
        .map((pair) => pair.join('='))
        .join('\n'),
    )
    const before = contents.get(CONFIG)
    const result = await twitch(['token'])
    expect(result.code).toBe(code)
    expect(result.stdout).toBe('')
    expect(result.stderr).toContain(words)
    expect(result.stderr.trim().split('\n')).toHaveLength(2)
    expect(contents.get(CONFIG)).toBe(before)
  })
})

describe('which application speaks', () => {
  const environment = {
    TWITCH_CLIENT_ID: confidential.clientId,
    TWITCH_CLIENT_SECRET: confidential.clientSecret,
  }
  const official = { TWITCH_CLIENTID: confidential.clientId, TWITCH_CLIENTSECRET: confidential.clientSecret }
  const flags = ['--client-id', confidential.clientId, '--secret', confidential.clientSecret]

  test.each([
    ['the environment', [], environment],
    ["the official CLI's spelling of it", [], official],
    ['flags', flags, {}],
    ['flags before the environment', flags, { TWITCH_CLIENT_ID: 'nobody', TWITCH_CLIENT_SECRET: 'wrong' }],
    ['our spelling before the official one', [], { ...official, ...environment, TWITCH_CLIENTID: 'nobody' }],
  ])('%s; nothing of it is stored', async (_what, words, variables) => {
    const { twitch, contents } = createSomebody()
    expect((await twitch(['token', ...words], { environment: variables })).code).toBe(0)
    expect([...contents.keys()]).toEqual([])
  })

  test.each([
    ['a flag', ['--client-id', open.clientId], {}],
    ['the environment', [], { TWITCH_CLIENT_ID: open.clientId }],
  ])(
    'another Client ID by %s: the stored secret is not sent along, and nothing is written, whatever the mode',
    async (_what, words, variables) => {
      const { twitch, contents, requests, accessToken, refreshToken, emulator } = createUser()
      const foreign = emulator.issueUserToken(open.clientId, '100000002', [])
      const before = contents.get(CONFIG)
      for (const mode of [
        ['-R', foreign.refreshToken ?? ''],
        ['-r', foreign.accessToken],
        ['-v', accessToken],
        ['-r', accessToken],
        ['-R', refreshToken],
      ]) {
        await twitch(['token', ...mode, ...words], { environment: variables })
      }
      expect(await twitch(['token', ...words], { environment: variables })).toMatchObject({ code: 2 })
      expect(contents.get(CONFIG)).toBe(before)
      expect(requests.map(({ body }) => body).join()).not.toContain(confidential.clientSecret)
      expect((await twitch(['token', '-v', accessToken])).code).toBe(0)
    },
  )

  test('the same Client ID by flag stores nothing either', async () => {
    const { twitch, contents, refreshToken } = createUser()
    const before = contents.get(CONFIG)
    expect((await twitch(['token', '--client-id', confidential.clientId])).code).toBe(0)
    expect((await twitch(['token', '-R', refreshToken, '--client-id', confidential.clientId])).code).toBe(0)
    expect(contents.get(CONFIG)).toBe(before)
  })

  test('the same Client ID by flag keeps the new refresh token when the stored one has been spent on it', async () => {
    const { twitch, kept, refreshToken } = createUser(open)
    expect((await twitch(['token', '-R', refreshToken, '--client-id', open.clientId])).code).toBe(0)
    expect(kept()['REFRESHTOKEN']).not.toBe(refreshToken)
    expect((await twitch(['token', '-R', kept()['REFRESHTOKEN'] ?? ''])).code).toBe(0)
  })

  test('a secret of the environment goes with the stored Client ID, and is not stored', async () => {
    const { twitch, contents, requests } = createSomebody(
      `CLIENTID=${confidential.clientId}\nCLIENTSECRET=stale\n`,
    )
    expect(
      (await twitch(['token'], { environment: { TWITCH_CLIENT_SECRET: confidential.clientSecret } })).code,
    ).toBe(0)
    expect(requests[0]?.body).toContain(confidential.clientSecret)
    expect(contents.get(CONFIG)).toContain('CLIENTSECRET=stale\n')
    expect(contents.get(CONFIG)).not.toContain(confidential.clientSecret)
  })

  test('a secret of the environment that is for another Client ID stays at home', async () => {
    const { twitch, requests } = createSomebody()
    await twitch(['token', '-R', 'x', '--client-id', open.clientId], { environment })
    expect(requests[0]?.body).not.toContain('secret')
  })

  test('a profile without an application uses the default one', async () => {
    const { twitch, kept } = createSomebody(configured())
    expect((await twitch(['token', '--profile', 'bot'])).code).toBe(0)
    expect((await twitch(['token'], { environment: { TWITCH_PROFILE: 'bot' } })).code).toBe(0)
    expect(kept('bot')['CLIENTID']).toBeUndefined()
    expect(kept('bot')['APPACCESSTOKEN']).toMatch(/^mock/)
    expect(kept()['APPACCESSTOKEN']).toBeUndefined()
  })

  test('--secret-stdin takes the secret from standard input', async () => {
    const { twitch } = createSomebody()
    const words = ['token', '--client-id', confidential.clientId, '--secret-stdin']
    const { code, stderr } = await twitch(words, { input: `${confidential.clientSecret}\n` })
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `${STAMP} Successfully generated App Access Token.\n`,
    })
  })

  test('nothing at all, and no terminal: exit 2, and how to give it', async () => {
    const { twitch, requests } = createSomebody()
    const { code, stderr } = await twitch(['token'])
    expect(code).toBe(2)
    for (const word of [
      'twitch configure',
      '--client-id',
      '--secret-stdin',
      'TWITCH_CLIENT_ID',
      'TWITCH_CLIENT_SECRET',
    ])
      expect(stderr).toContain(word)
    expect(requests).toEqual([])
  })

  test('nothing at all, at a terminal: it is asked for, stored, and the token comes', async () => {
    const { twitch, kept } = createSomebody()
    const { code, stdout, stderr } = await twitch(['token'], {
      answers: [confidential.clientId, confidential.clientSecret],
    })
    expect(code).toBe(0)
    expect(stderr).toContain(
      `${STAMP} No Client ID or Secret found in configuration. Triggering configuration now.\n`,
    )
    expect(stderr).toContain('Updated configuration.\n')
    expect(stdout).toMatch(/^\S+ \S+ App Access Token: mock/)
    expect(kept()).toMatchObject({ CLIENTID: confidential.clientId, CLIENTSECRET: confidential.clientSecret })
  })

  test('-v asks for no credentials, and -r for no secret', async () => {
    const { twitch, emulator, requests } = createSomebody()
    const { accessToken } = emulator.issueUserToken(open.clientId, '100000001', [])
    expect((await twitch(['token', '-v', accessToken], { answers: [] })).code).toBe(0)
    expect(
      (await twitch(['token', '-r', accessToken, '--client-id', open.clientId], { answers: [] })).code,
    ).toBe(0)
    expect(Object.keys(Object.fromEntries(new URLSearchParams(requests[1]?.body)))).toEqual([
      'client_id',
      'token',
    ])
  })
})

describe('validating', () => {
  test('prints the official lines', async () => {
    const { twitch, accessToken } = createUser()
    const { stdout } = await twitch(['token', '-v', accessToken])
    expect(stdout).toMatch(
      new RegExp(
        `^Client ID: ${confidential.clientId}\nToken Type: User Access Token\nUser ID: 100000001\nUser Login: mock_streamer\n` +
          `Expires In: 1\\d{4} \\(Mon, 23 Nov 2026 1[56]:\\d\\d:\\d\\d UTC\\)\nScopes:\n- chat:read\n\n- user:read:email\n\n$`,
      ),
    )
  })

  test('prints an app token without a user and with no scopes', async () => {
    const { twitch, kept } = createSomebody(configured())
    await twitch(['token'])
    const { stdout } = await twitch(['token', '-v', kept()['ACCESSTOKEN'] ?? ''])
    expect(stdout).toMatch(
      /^Client ID: \w+\nToken Type: App Access Token\nExpires In: \d+ \(.*2027.* UTC\)\nScopes: None\n$/,
    )
  })

  test('is a document in Twitch’s spelling with --json', async () => {
    const { twitch, accessToken } = createUser()
    const document = JSON.parse((await twitch(['token', '-v', accessToken, '--json'])).stdout) as Record<
      string,
      unknown
    >
    expect(document).toMatchObject({
      client_id: confidential.clientId,
      login: 'mock_streamer',
      scopes: ['chat:read', 'user:read:email'],
      user_id: '100000001',
      kind: 'user',
    })
    expect(Object.keys(document)).toEqual([
      'client_id',
      'login',
      'scopes',
      'user_id',
      'expires_in',
      'expires_at',
      'expires_at_epoch',
      'kind',
    ])
  })

  test('sends the token in a header, and takes it from standard input', async () => {
    const { twitch, accessToken, requests } = createUser()
    expect((await twitch(['token', '-v', '-'], { input: `${accessToken}\n` })).code).toBe(0)
    expect(requests[0]).toMatchObject({
      method: 'GET',
      url: 'https://id.twitch.tv/oauth2/validate',
      body: '',
      headers: { authorization: `OAuth ${accessToken}` },
    })
  })

  test.each([
    ['expired', (user: Somebody & { accessToken: string }) => void user.clock.advance(5 * 60 * 60 * 1000)],
    [
      'revoked',
      async (user: Somebody & { accessToken: string }) =>
        void (await user.twitch(['token', '-r', user.accessToken])),
    ],
    [
      'unknown',
      (user: Somebody & { accessToken: string }) =>
        void Object.assign(user, { accessToken: 'somebodyelsestoken000000000000' }),
    ],
  ])(
    'a token that is %s is exit 4 with Twitch’s words, and no line about an app token',
    async (_what, spoil) => {
      const user = createUser()
      await spoil(user)
      const { code, stdout, stderr } = await user.twitch(['token', '-v', user.accessToken])
      expect(code).toBe(4)
      expect(stdout).toBe('')
      expect(stderr).toMatch(
        /^error: Twitch does not accept the token: invalid access token \(401\)\.\nhint: .*\n$/,
      )
    },
  )
})

describe('revoking', () => {
  test('says so, masked, and forgets the token that is stored here', async () => {
    const { twitch, kept, accessToken, refreshToken } = createUser()
    const { code, stdout } = await twitch(['token', '-r', accessToken])
    expect(code).toBe(0)
    expect(stdout).toBe(
      `${STAMP} Token …${accessToken.slice(-4)} has been successfully revoked\n${STAMP} It was stored here, and has been forgotten.\n`,
    )
    expect(kept()).toMatchObject({ ACCESSTOKEN: '', REFRESHTOKEN: refreshToken, USERLOGIN: 'mock_streamer' })
    expect((await twitch(['token', '-R', refreshToken])).code).toBe(0)
  })

  test('forgets an app token in both its places', async () => {
    const { twitch, kept } = createSomebody(configured())
    await twitch(['token'])
    await twitch(['token', '-r', kept()['ACCESSTOKEN'] ?? ''])
    expect(kept()).toEqual({ CLIENTID: confidential.clientId, CLIENTSECRET: confidential.clientSecret })
  })

  test('a token that Twitch no longer knows is exit 0, and says so', async () => {
    const { twitch, accessToken, kept } = createUser()
    await twitch(['token', '-r', accessToken])
    const { code, stdout } = await twitch(['token', '-r', accessToken])
    expect(code).toBe(0)
    expect(stdout).toContain('is not known (any more): Invalid token.')
    expect(JSON.parse((await twitch(['token', '-r', accessToken, '--json'])).stdout)).toEqual({
      revoked: false,
      message: 'Invalid token',
      forgotten: false,
      client_id: confidential.clientId,
    })
    expect(kept()['REFRESHTOKEN']).not.toBe('')
  })

  test('a dead token that is still stored here is forgotten', async () => {
    const { twitch, accessToken, kept, clock } = createUser()
    clock.advance(24 * 60 * 60 * 1000)
    expect(await twitch(['token', '-r', accessToken, '-q'])).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(kept()['ACCESSTOKEN']).toBe('')
  })

  test('an unknown Client ID is exit 4 in Twitch’s words', async () => {
    const { twitch, accessToken } = createUser()
    const { code, stderr } = await twitch(['token', '-r', accessToken, '--client-id', 'nobody'])
    expect(code).toBe(4)
    expect(stderr).toContain('client does not exist (404)')
  })
})

describe('refreshing', () => {
  test('prints the official lines, and stores what came', async () => {
    const { twitch, kept, refreshToken } = createUser()
    const { code, stdout, stderr } = await twitch(['token', '-R', refreshToken])
    expect(code).toBe(0)
    expect(stderr).toBe(`${STAMP} Successfully refreshed Access Token.\n`)
    expect(stdout).toMatch(
      new RegExp(
        `^${STAMP} Access Token: mock\\w{26}\n${STAMP} Refresh Token: ${refreshToken}\n${STAMP} Expires At: 2026-11-23 1[56]:\\d\\d:\\d\\d \\+0000 UTC\n$`,
      ),
    )
    expect(kept()).toMatchObject({
      ACCESSTOKEN: /Access Token: (\w+)/.exec(stdout)?.[1],
      REFRESHTOKEN: refreshToken,
      TOKENSCOPES: '[chat:read user:read:email]',
      USERLOGIN: 'mock_streamer',
    })
  })

  test('of a public application sends no secret, and keeps the new refresh token', async () => {
    const { twitch, kept, refreshToken, requests } = createUser(open)
    expect((await twitch(['token', '--refresh', refreshToken])).code).toBe(0)
    expect(Object.keys(Object.fromEntries(new URLSearchParams(requests[0]?.body)))).toEqual([
      'client_id',
      'grant_type',
      'refresh_token',
    ])
    expect(kept()['REFRESHTOKEN']).not.toBe(refreshToken)
    expect((await twitch(['token', '-R', kept()['REFRESHTOKEN'] ?? ''])).code).toBe(0)
  })

  test('keeps the old refresh token if no new one comes', async () => {
    const { twitch, kept, refreshToken } = createUser()
    const body = '{"access_token":"brandnew","expires_in":14000,"token_type":"bearer"}'
    expect(
      (
        await twitch(['token', '-R', refreshToken], {
          http: async () => ({ status: 200, headers: {}, body }),
        })
      ).code,
    ).toBe(0)
    expect(kept()).toMatchObject({
      ACCESSTOKEN: 'brandnew',
      REFRESHTOKEN: refreshToken,
      TOKENSCOPES: '[chat:read user:read:email]',
    })
  })

  test('with somebody else’s refresh token forgets whose token was stored before', async () => {
    const { twitch, kept, emulator } = createUser()
    const other = emulator.issueUserToken(confidential.clientId, '100000002', ['chat:edit'])
    await twitch(['token', '-R', other.refreshToken ?? ''])
    expect(kept()).toMatchObject({ REFRESHTOKEN: other.refreshToken, TOKENSCOPES: '[chat:edit]' })
    expect(kept()['USERLOGIN']).toBeUndefined()
  })

  test('with a dead refresh token is exit 4 in Twitch’s words, and the stored tokens stay', async () => {
    const { twitch, contents, clock } = createUser()
    const before = contents.get(CONFIG)
    clock.advance(1000)
    const { code, stderr } = await twitch(['token', '-R', 'dead'])
    expect(code).toBe(4)
    expect(stderr).toContain('Twitch refused the refresh: Invalid refresh token (400).')
    expect(contents.get(CONFIG)).toBe(before)
  })
})

describe('what does not go together', () => {
  test.each([
    [['-v', 'a', '-r', 'b'], '-v (--validate) and -r (--revoke)'],
    [['-r', 'a', '-R', 'b'], '-r (--revoke) and -R (--refresh)'],
    [['-v', ''], '-v (--validate)'],
    [['--validate='], '-v (--validate)'],
    [['-R', '  '], '-R (--refresh)'],
    [['-r'], '-r (--revoke) needs a value'],
    [['stray'], 'an argument too many'],
    [['-v', 'a', 'stray'], 'an argument too many'],
    [['--json', '-q'], '--json and --quiet'],
    [['-v', '-', '--secret-stdin'], 'both read standard input'],
    [['--secret', 'a', '--secret-stdin'], '--secret and --secret-stdin'],
    [['--mock', '--profile', 'x'], '--mock and --profile'],
    [['--mock', '--auth-url', 'https://x.example'], '--auth-url does not go with the local identity server'],
    [['--profile', '../x'], "can't be the name of a profile"],
    [['--auth-url', 'http://id.twitch.tv/oauth2'], 'plain http'],
    [['--nope=canary'], 'no flag --nope'],
    [['-v', 'a b'], 'spaces or characters that no token has'],
  ])('%j is exit 2, sends nothing, stores nothing, and repeats no value', async (words, complaint) => {
    const { twitch, contents, requests } = createUser()
    const before = new Map(contents)
    const { code, stdout, stderr } = await twitch(['token', ...words])
    expect(code).toBe(2)
    expect(stdout).toBe('')
    const [error = '', hint = '', ...more] = stderr
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('warning'))
    expect(error).toContain(complaint)
    expect(hint).toMatch(/^hint: \S/)
    expect(more).toEqual([])
    expect(stderr).not.toContain('canary')
    expect(requests).toEqual([])
    expect(contents).toEqual(before)
  })

  test('a failure in --json is a document on standard output', async () => {
    const { stdout, stderr, code } = await createSomebody().twitch(['token', '-v', '', '--json'])
    expect(code).toBe(2)
    expect(stderr).toBe('')
    expect(JSON.parse(stdout)).toEqual({
      error: {
        kind: 'usage',
        code: 'flag_needs_value',
        message: expect.any(String),
        hint: expect.any(String),
      },
    })
  })
})

describe('a profile keeps to its server', () => {
  const trap = ['--auth-url', 'https://trap.example/oauth2']

  test('nothing of a profile of Twitch’s is sent anywhere else, in any mode', async () => {
    const { twitch, accessToken, refreshToken, requests, contents } = createUser()
    const before = contents.get(CONFIG)
    for (const words of [
      [],
      ['-v', accessToken],
      ['-r', accessToken],
      ['-R', refreshToken],
      ['-r', accessToken, '--client-id', 'other'],
      ['-R', refreshToken, '--client-id', 'other'],
    ]) {
      const byFlag = await twitch(['token', ...words, ...trap])
      expect(byFlag).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('This profile belongs to https://id.twitch.tv/oauth2'),
      })
      const byEnvironment = await twitch(['token', ...words], {
        environment: { TWITCH_AUTH_URL: 'https://trap.example/oauth2' },
      })
      expect(byEnvironment.code).toBe(2)
    }
    expect((await twitch(['configure', '-i', 'x', '--public', ...trap])).code).toBe(2)
    expect(requests).toEqual([])
    expect(contents.get(CONFIG)).toBe(before)
  })

  test('what is not of the profile may be', async () => {
    const { twitch, requests } = createUser()
    await twitch(['token', '-v', 'somebodyelsestoken', ...trap])
    await twitch(['token', '--client-id', 'other', '--secret', 'othersecret', ...trap])
    expect(requests.map(({ url }) => url)).toEqual([
      'https://trap.example/oauth2/validate',
      'https://trap.example/oauth2/token',
    ])
  })

  test('a profile of another server goes there without being told, and its address is not Twitch’s', async () => {
    const { twitch, requests, kept } = createSomebody()
    const words = [
      'configure',
      '-i',
      confidential.clientId,
      '-s',
      confidential.clientSecret,
      '--auth-url',
      'http://localhost:8080/auth',
    ]
    expect((await twitch(words)).code).toBe(0)
    expect(kept()['AUTHURL']).toBe('http://localhost:8080/auth')
    await twitch(['token'])
    expect(requests.at(-1)?.url).toBe('http://localhost:8080/auth/token')
    expect((await twitch(['token', '--auth-url', 'https://id.twitch.tv/oauth2'])).code).toBe(2)
  })
})

describe('no answer', () => {
  test.each([
    [['token']],
    [['token', '-v', 'canarytoken']],
    [['token', '-r', 'canarytoken']],
    [['token', '-R', 'canaryrefresh']],
  ])('%j is exit 6, and keeps what is stored', async (words) => {
    const { twitch, contents } = createSomebody('CLIENTID=abc\nCLIENTSECRET=canarysecret\n')
    const http: Http = async () =>
      Promise.reject(new Failure('network', 'refused', 'Nothing answers at id.twitch.tv.'))
    const { code, stdout, stderr } = await twitch([...words, '--verbose'], { http })
    expect(code).toBe(6)
    expect(stdout + stderr).not.toContain('canary')
    expect(contents.get(CONFIG)).toBe('CLIENTID=abc\nCLIENTSECRET=canarysecret\n')
  })

  test('words of a server that repeat what was sent are not repeated', async () => {
    const { twitch } = createSomebody('CLIENTID=abc\nCLIENTSECRET=canarysecret\n')
    for (const words of [
      ['token'],
      ['token', '-R', 'canaryrefresh'],
      ['token', '-v', 'canarytoken'],
      ['token', '-r', 'canarytoken'],
    ]) {
      const http: Http = async ({ body, headers }) => ({
        status: 400,
        headers: {},
        body: JSON.stringify({ status: 400, message: `no: ${body} ${headers['authorization']}` }),
      })
      const { code, stdout, stderr } = await twitch([...words, '--verbose'], { http })
      expect(code).toBe(4)
      expect(stdout + stderr).toContain('[secret]')
      expect(stdout + stderr).not.toContain('canary')
    }
  })
})

describe('--mock', () => {
  test('gives a token with no account and no network, and keeps its state between runs', async () => {
    const { twitch, kept, requests, contents } = createSomebody(
      configured({ clientId: 'real', clientSecret: 'canarysecret' }),
    )
    expect(
      (
        await twitch(['token', '--mock'], {
          environment: {
            TWITCH_CLIENT_ID: 'real',
            TWITCH_CLIENT_SECRET: 'canarysecret',
            TWITCH_AUTH_URL: 'https://x.example',
            TWITCH_PROFILE: 'bot',
          },
        })
      ).code,
    ).toBe(0)
    const token = kept('mock')['APPACCESSTOKEN'] ?? ''
    expect((await twitch(['token', '-v', token, '--mock'])).stdout).toContain('Token Type: App Access Token')
    expect((await twitch(['token', '-v', token, '--profile', 'mock'])).code).toBe(0)
    expect((await twitch(['token', '-r', token, '--mock'])).code).toBe(0)
    expect((await twitch(['token', '-v', token, '--mock'])).code).toBe(4)
    expect(requests).toEqual([])
    expect(contents.get(CONFIG)).toBe(configured({ clientId: 'real', clientSecret: 'canarysecret' }))
    expect([...contents.values()].slice(1).join()).not.toContain('canary')
  })
})
