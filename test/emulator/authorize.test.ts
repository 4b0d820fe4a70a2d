// The browser's side of the identity server: authorize, activation, OpenID Connect, and the dialect.

import { createLocalJWKSet, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { type Emulator, type EmulatorOptions, createEmulator } from '../../src/emulator/emulator.ts'
import { defaultDialect, dialectValues } from '../../src/emulator/dialect.ts'
import { seededApplications } from '../../src/emulator/seeds.ts'
import type { HttpAnswer, HttpRequest } from '../../src/wire/http.ts'
import { type FakeClock, createFakeClock } from '../support/world.ts'

const { confidential, public: open } = seededApplications
const ORIGIN = 'http://localhost:8080'
const ask = {
  client_id: confidential.clientId,
  redirect_uri: 'http://localhost:3000',
  response_type: 'code',
  scope: 'chat:read chat:edit',
  state: 'the state',
}

interface Server {
  readonly clock: FakeClock
  readonly emulator: Emulator
  get(path: string, query?: Record<string, string>, headers?: Record<string, string>): Promise<HttpAnswer>
  post(path: string, form: Record<string, string>, headers?: Record<string, string>): Promise<HttpAnswer>
  authorizeUrl(query?: Record<string, string | undefined>): string
}

function createServer(options: Partial<EmulatorOptions> = {}): Server {
  const clock = createFakeClock()
  const emulator = createEmulator({
    now: () => clock.now().getTime(),
    random: (count) => crypto.getRandomValues(new Uint8Array(count)),
    ...options,
  })
  const handle = async (request: Partial<HttpRequest>): Promise<HttpAnswer> =>
    emulator.handle({ method: 'GET', url: ORIGIN, headers: {}, body: '', ...request })
  return {
    clock,
    emulator,
    get: async (path, query = {}, headers = {}) =>
      handle({ url: `${ORIGIN}${path}?${new URLSearchParams(query).toString()}`, headers }),
    post: async (path, form, headers = {}) =>
      handle({
        method: 'POST',
        url: ORIGIN + path,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams(form).toString(),
      }),
    authorizeUrl: (query = {}) => {
      const whole = Object.entries({ ...ask, ...query }).filter(
        (pair): pair is [string, string] => pair[1] !== undefined,
      )
      return `${ORIGIN}/oauth2/authorize?${new URLSearchParams(whole).toString()}`
    },
  }
}

function location({ status, headers }: HttpAnswer): URL {
  expect(status).toBe(302)
  return new URL(headers['location'] ?? '')
}

function object({ body }: HttpAnswer): Record<string, unknown> {
  return JSON.parse(body) as Record<string, unknown>
}

describe('GET /authorize', () => {
  test.each([
    ['no client', { client_id: undefined }, 400, 'missing client id'],
    ['an unknown client', { client_id: 'nobody' }, 400, 'invalid client'],
    ['an unknown scope', { scope: 'chat:read no:such' }, 400, "invalid scope requested: 'no:such'"],
    [
      'scopes joined by commas',
      { scope: 'chat:read,chat:edit' },
      400,
      "invalid scope requested: 'chat:read,chat:edit'",
    ],
    [
      'a scope of IRC of old',
      { scope: 'chat_login' },
      400,
      'Sorry, the scope you are requesting is currently unavailable.',
    ],
  ])('refuses %s, without a redirect', async (_what, query, status, message) => {
    const { emulator, authorizeUrl } = createServer()
    const answer = await emulator.handle({ method: 'GET', url: authorizeUrl(query), headers: {}, body: '' })
    expect(answer.status).toBe(status)
    expect(object(answer)['message']).toContain(message)
  })

  test.each([
    ['another port', 'http://localhost:3001'],
    ['a slash at the end', 'http://localhost:3000/'],
    ['encoded twice', 'http%3A%2F%2Flocalhost%3A3000'],
  ])('sends a redirect URL with %s to the first registered one', async (_what, redirect_uri) => {
    const { emulator, authorizeUrl } = createServer()
    const { origin, searchParams } = location(
      await emulator.handle({ method: 'GET', url: authorizeUrl({ redirect_uri }), headers: {}, body: '' }),
    )
    expect(origin).toBe('http://localhost:3000')
    expect(Object.fromEntries(searchParams)).toEqual({
      error: 'redirect_mismatch',
      error_description: 'Parameter redirect_uri does not match registered URI',
      state: 'the state',
    })
  })

  test.each([['nonsense'], ['id_token'], ['token id_token'], ['']])(
    'says that the response type %j is not supported, without openid',
    async (response_type) => {
      const { emulator, authorizeUrl } = createServer()
      const { search } = location(
        await emulator.handle({ method: 'GET', url: authorizeUrl({ response_type }), headers: {}, body: '' }),
      )
      expect(search).toBe(
        '?error=unsupported_response_type&error_description=Response+type+is+not+supported&state=the+state',
      )
    },
  )

  test('gives a code in the query, keys in order, encoded once', async () => {
    const { emulator, authorizeUrl } = createServer()
    expect(await emulator.approveLogin(authorizeUrl())).toMatch(
      /^http:\/\/localhost:3000\?code=mock[a-z0-9]{26}&scope=chat%3Aread\+chat%3Aedit&state=the\+state$/,
    )
  })

  test('tells a refusal in the query, even for the implicit flow', async () => {
    const { emulator, authorizeUrl } = createServer()
    for (const response_type of ['code', 'token']) {
      expect(await emulator.denyLogin(authorizeUrl({ response_type }))).toBe(
        'http://localhost:3000?error=access_denied&error_description=The+user+denied+you+access&state=the+state',
      )
    }
  })

  test('remembers consent, unless there is more to consent to, or it is to be asked for again', async () => {
    const { emulator, get } = createServer()
    const approved = await emulator.handle({
      method: 'POST',
      url: `${ORIGIN}/oauth2/authorize?${new URLSearchParams(ask).toString()}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'decision=authorize&user=100000002',
    })
    const cookie = approved.headers['set-cookie']?.split(';')[0] ?? ''
    expect((await get('/oauth2/authorize', ask, { cookie })).status).toBe(302)
    expect((await get('/oauth2/authorize', { ...ask, scope: 'chat:read' }, { cookie })).status).toBe(302)
    expect(
      (await get('/oauth2/authorize', { ...ask, scope: 'chat:read bits:read' }, { cookie })).status,
    ).toBe(200)
    expect((await get('/oauth2/authorize', { ...ask, force_verify: 'true' }, { cookie })).status).toBe(200)
    expect((await get('/oauth2/authorize', { ...ask, force_verify: 'force' }, { cookie })).status).toBe(302)
    expect((await get('/oauth2/authorize', ask)).status).toBe(200)
    expect((await get('/oauth2/authorize', { ...ask, client_id: open.clientId }, { cookie })).status).toBe(
      200,
    )
  })

  test('consents by itself with autoApprove', async () => {
    const { get } = createServer({ autoApprove: true })
    expect(
      location(await get('/oauth2/authorize', { ...ask, force_verify: 'true' })).searchParams.get('code'),
    ).toMatch(/^mock/)
  })
})

describe('a code', () => {
  const exchange = {
    client_id: confidential.clientId,
    client_secret: confidential.clientSecret,
    grant_type: 'authorization_code',
    redirect_uri: 'http://localhost:3000',
  }
  const codeFrom = async ({ emulator, authorizeUrl }: Server, query = {}): Promise<string> =>
    new URL(await emulator.approveLogin(authorizeUrl(query), '100000002')).searchParams.get('code') ?? ''

  test('is exchanged once; a second time ends what it became', async () => {
    const server = createServer()
    const code = await codeFrom(server)
    const first = object(await server.post('/oauth2/token', { ...exchange, code }))
    expect(Object.keys(first)).toEqual(['access_token', 'expires_in', 'refresh_token', 'scope', 'token_type'])
    expect(first['scope']).toEqual(['chat:read', 'chat:edit'])
    expect(object(await server.post('/oauth2/token', { ...exchange, code }))).toEqual({
      status: 400,
      message: 'Invalid authorization code',
    })
    expect(
      (await server.get('/oauth2/validate', {}, { authorization: `OAuth ${String(first['access_token'])}` }))
        .status,
    ).toBe(401)
  })

  test.each([
    [
      'another application',
      { client_id: 'other', client_secret: 'othersecret' },
      400,
      'Invalid authorization code',
    ],
    [
      'another redirect URL',
      { redirect_uri: 'http://localhost:3000/' },
      400,
      'Parameter redirect_uri does not match registered URI',
    ],
    ['a wrong secret', { client_secret: 'wrong' }, 403, 'invalid client secret'],
    ['a code that there is not', { code: 'x' }, 400, 'Invalid authorization code'],
    ['no code', { code: '' }, 400, 'Invalid authorization code'],
  ])('with %s is refused', async (_what, change, status, message) => {
    const server = createServer()
    server.emulator.addApplication({
      clientId: 'other',
      clientSecret: 'othersecret',
      name: 'Other',
      redirectUris: [],
    })
    const code = await codeFrom(server)
    const answer = await server.post('/oauth2/token', { ...exchange, code, ...change })
    expect(object(answer)).toEqual({ status, message })
    expect((await server.post('/oauth2/token', { ...exchange, code })).status).toBe(200)
  })

  test('is dead after ten minutes', async () => {
    const server = createServer()
    const code = await codeFrom(server)
    server.clock.advance(10 * 60 * 1000)
    expect((await server.post('/oauth2/token', { ...exchange, code })).status).toBe(400)
  })

  test('of a public application is given, and can not be exchanged', async () => {
    const server = createServer()
    const code = await codeFrom(server, { client_id: open.clientId })
    expect(
      object(await server.post('/oauth2/token', { ...exchange, client_id: open.clientId, code })),
    ).toEqual({ status: 400, message: 'Invalid client credentials' })
  })
})

describe('tokens in the fragment', () => {
  test('come without a lifetime and without a refresh token', async () => {
    const { emulator, authorizeUrl, get } = createServer()
    const { hash, search } = new URL(await emulator.approveLogin(authorizeUrl({ response_type: 'token' })))
    expect(search).toBe('')
    const fragment = new URLSearchParams(hash.slice(1))
    expect([...fragment.keys()]).toEqual(['access_token', 'scope', 'state', 'token_type'])
    expect(
      (await get('/oauth2/validate', {}, { authorization: `Bearer ${fragment.get('access_token')}` })).status,
    ).toBe(200)
  })
})

describe('OpenID Connect', () => {
  const openid = {
    scope: 'openid user:read:email',
    nonce: 'the nonce',
    claims: JSON.stringify({
      id_token: { email: null, email_verified: null },
      userinfo: { preferred_username: null, picture: null },
    }),
  }

  test('signs an ID token that the published key verifies', async () => {
    const server = createServer()
    const { emulator, authorizeUrl, post, get } = server
    const code =
      new URL(await emulator.approveLogin(authorizeUrl(openid), '100000001')).searchParams.get('code') ?? ''
    const tokens = object(
      await post('/oauth2/token', {
        client_id: confidential.clientId,
        client_secret: confidential.clientSecret,
        grant_type: 'authorization_code',
        redirect_uri: 'http://localhost:3000',
        code,
      }),
    )
    expect(Object.keys(tokens)).toEqual([
      'access_token',
      'expires_in',
      'id_token',
      'refresh_token',
      'scope',
      'token_type',
    ])
    const discovery = object(await get('/oauth2/.well-known/openid-configuration'))
    expect(discovery).toMatchObject({
      issuer: `${ORIGIN}/oauth2`,
      jwks_uri: `${ORIGIN}/oauth2/keys`,
      token_endpoint_auth_methods_supported: ['client_secret_post'],
    })
    const keys = object(await get('/oauth2/keys')) as unknown as Parameters<typeof createLocalJWKSet>[0]
    expect(Object.keys(keys.keys[0] ?? {})).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use'])
    const { payload, protectedHeader } = await jwtVerify(
      String(tokens['id_token']),
      createLocalJWKSet(keys),
      { issuer: `${ORIGIN}/oauth2`, audience: confidential.clientId, currentDate: server.clock.now() },
    )
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: '1' })
    expect(payload).toEqual({
      aud: confidential.clientId,
      azp: confidential.clientId,
      email: 'streamer@example.com',
      email_verified: true,
      exp: (payload.iat ?? 0) + 900,
      iat: payload.iat,
      iss: `${ORIGIN}/oauth2`,
      nonce: 'the nonce',
      sub: '100000001',
    })
    const userinfo = object(
      await get('/oauth2/userinfo', {}, { authorization: `Bearer ${String(tokens['access_token'])}` }),
    )
    expect(userinfo).toMatchObject({
      sub: '100000001',
      preferred_username: 'Mock_Streamer',
      aud: confidential.clientId,
    })
    expect(userinfo).not.toHaveProperty('azp')
    expect(userinfo).not.toHaveProperty('email')
  })

  test('puts the hash of the access token beside it into the ID token of a fragment', async () => {
    const { emulator, authorizeUrl } = createServer()
    const { hash } = new URL(
      await emulator.approveLogin(authorizeUrl({ ...openid, response_type: 'token id_token' })),
    )
    const fragment = new URLSearchParams(hash.slice(1))
    expect([...fragment.keys()]).toEqual(['access_token', 'id_token', 'scope', 'state', 'token_type'])
    const claims = JSON.parse(atob(fragment.get('id_token')?.split('.')[1] ?? '')) as Record<string, unknown>
    const { createHash } = await import('node:crypto')
    expect(claims['at_hash']).toBe(
      createHash('sha256')
        .update(fragment.get('access_token') ?? '')
        .digest()
        .subarray(0, 16)
        .toString('base64url'),
    )
    const alone = new URL(await emulator.approveLogin(authorizeUrl({ ...openid, response_type: 'id_token' })))
    expect([...new URLSearchParams(alone.hash.slice(1)).keys()]).toEqual(['id_token', 'state'])
  })

  test('keeps its key in what it knows', async () => {
    const first = createServer()
    const keys = await first.get('/oauth2/keys')
    const second = createServer({ snapshot: first.emulator.snapshot() })
    expect((await second.get('/oauth2/keys')).body).toBe(keys.body)
  })

  test('refuses userinfo to a token without openid, and to none', async () => {
    const { emulator, get } = createServer()
    const { accessToken } = emulator.issueUserToken(confidential.clientId, '100000001', ['chat:read'])
    expect((await get('/oauth2/userinfo', {}, { authorization: `Bearer ${accessToken}` })).status).toBe(401)
    expect((await get('/oauth2/userinfo')).status).toBe(401)
  })
})

describe('a device login', () => {
  const poll = { client_id: open.clientId, grant_type: 'urn:ietf:params:oauth:grant-type:device_code' }
  const begin = async (
    { post }: Server,
    scopes = 'chat:read',
  ): Promise<{ device_code: string; user_code: string }> =>
    object(await post('/oauth2/device', { client_id: open.clientId, scopes })) as never

  test('is pending, then granted, once', async () => {
    const server = createServer()
    const { device_code, user_code } = await begin(server)
    expect(object(await server.post('/oauth2/token', { ...poll, device_code }))).toEqual({
      status: 400,
      message: 'authorization_pending',
    })
    server.emulator.approveDevice(user_code, '100000002')
    const tokens = object(await server.post('/oauth2/token', { ...poll, device_code }))
    expect(tokens).toMatchObject({ scope: ['chat:read'], token_type: 'bearer' })
    expect(object(await server.post('/oauth2/token', { ...poll, device_code }))).toEqual({
      status: 400,
      message: 'invalid device code',
    })
  })

  test.each([
    ['no code', {}, 'missing device_code'],
    ['an unknown code', { device_code: 'x' }, 'invalid device code'],
  ])('with %s is refused', async (_what, form, message) => {
    expect(object(await createServer().post('/oauth2/token', { ...poll, ...form }))).toEqual({
      status: 400,
      message,
    })
  })

  test('of another application is refused, and dead after half an hour', async () => {
    const server = createServer()
    const { device_code } = await begin(server)
    expect(
      object(await server.post('/oauth2/token', { ...poll, device_code, client_id: confidential.clientId })),
    ).toEqual({ status: 400, message: 'invalid device code' })
    server.clock.advance(30 * 60 * 1000)
    expect(object(await server.post('/oauth2/token', { ...poll, device_code }))).toEqual({
      status: 400,
      message: 'invalid device code',
    })
  })

  test('that was refused stays pending, as with Twitch, or says so, as the dialect has it', async () => {
    for (const [deniedDevice, message] of [
      ['pending', 'authorization_pending'],
      ['access_denied', 'access_denied'],
    ] as const) {
      const server = createServer({ dialect: { deniedDevice } })
      const { device_code, user_code } = await begin(server)
      server.emulator.denyDevice(user_code)
      expect(object(await server.post('/oauth2/token', { ...poll, device_code }))).toEqual({
        status: 400,
        message,
      })
    }
  })

  test('polled too fast is told to slow down in a strict dialect, and caught up with', async () => {
    const server = createServer({ strict: true })
    const { device_code } = await begin(server)
    const message = async (): Promise<unknown> =>
      object(await server.post('/oauth2/token', { ...poll, device_code }))['message']
    expect(await message()).toBe('authorization_pending')
    server.clock.advance(4_999)
    expect(await message()).toBe('slow_down')
    server.clock.advance(5_000)
    expect(await message()).toBe('authorization_pending')
  })

  test('hears the singular `scope` of public applications only', async () => {
    const server = createServer()
    for (const [client_id, expected] of [
      [open.clientId, ['chat:read']],
      [confidential.clientId, undefined],
    ] as const) {
      const { device_code, user_code } = object(
        await server.post('/oauth2/device', { client_id, scope: 'chat:read' }),
      ) as { device_code: string; user_code: string }
      server.emulator.approveDevice(user_code)
      expect(
        object(await server.post('/oauth2/token', { ...poll, client_id, device_code }))['scope'],
      ).toEqual(expected)
    }
  })

  test('can not be decided under a code that nobody waits for', () => {
    const { emulator } = createServer()
    expect(() => emulator.approveDevice('ZZZZZZZZ')).toThrow('No device login waits under the code ZZZZZZZZ')
  })
})

describe('the dialect', () => {
  test('has its defaults first', () => {
    expect(Object.fromEntries(Object.entries(dialectValues).map(([name, [first]]) => [name, first]))).toEqual(
      defaultDialect,
    )
  })

  const app = {
    client_id: confidential.clientId,
    client_secret: confidential.clientSecret,
    grant_type: 'client_credentials',
  }
  const refresh = { ...app, grant_type: 'refresh_token' }
  const appToken = async ({ post }: Server): Promise<string> =>
    String(object(await post('/oauth2/token', app))['access_token'])

  test('appTokenUser and appTokenScopes', async () => {
    const server = createServer({ dialect: { appTokenUser: 'null', appTokenScopes: 'null' } })
    const body = object(
      await server.get('/oauth2/validate', {}, { authorization: `OAuth ${await appToken(server)}` }),
    )
    expect(body).toMatchObject({ login: null, user_id: null, scopes: null })
  })

  test('refusalError', async () => {
    const { post } = createServer({ dialect: { refusalError: 'present' } })
    expect((await post('/oauth2/token', { ...refresh, refresh_token: 'x' })).body).toBe(
      '{"error":"Bad Request","status":400,"message":"Invalid refresh token"}\n',
    )
  })

  test('deadRefreshToken', async () => {
    const { post } = createServer({ dialect: { deadRefreshToken: '401' } })
    expect((await post('/oauth2/token', { ...refresh, refresh_token: 'x' })).status).toBe(401)
  })

  test('tokenScope', async () => {
    const server = createServer({ dialect: { tokenScope: 'string' } })
    const { refreshToken = '' } = server.emulator.issueUserToken(confidential.clientId, '100000001', [
      'chat:read',
      'chat:edit',
    ])
    expect(
      object(await server.post('/oauth2/token', { ...refresh, refresh_token: refreshToken }))['scope'],
    ).toBe('chat:read chat:edit')
  })

  test('refreshTokens', async () => {
    for (const [refreshTokens, client, same] of [
      ['static', open, true],
      ['one-time', confidential, false],
    ] as const) {
      const server = createServer({ dialect: { refreshTokens } })
      const { refreshToken = '' } = server.emulator.issueUserToken(client.clientId, '100000001', [])
      const secret = 'clientSecret' in client ? { client_secret: client.clientSecret } : {}
      const body = object(
        await server.post('/oauth2/token', {
          client_id: client.clientId,
          ...secret,
          grant_type: 'refresh_token',
          refresh_token: refreshToken,
        }),
      )
      expect(body['refresh_token'] === refreshToken).toBe(same)
    }
  })

  test('fiftyFirstToken', async () => {
    const server = createServer({ dialect: { fiftyFirstToken: 'refused' } })
    const { refreshToken = '' } = server.emulator.issueUserToken(confidential.clientId, '100000001', [])
    for (let count = 1; count < 50; count++)
      expect((await server.post('/oauth2/token', { ...refresh, refresh_token: refreshToken })).status).toBe(
        200,
      )
    expect((await server.post('/oauth2/token', { ...refresh, refresh_token: refreshToken })).status).toBe(400)
  })

  test('verificationUri', async () => {
    const { post } = createServer({ dialect: { verificationUri: 'public' } })
    expect(object(await post('/oauth2/device', { client_id: open.clientId }))['verification_uri']).toMatch(
      /activate\?public=true&device-code=[A-Z]{8}$/,
    )
  })

  test('redirectScope', async () => {
    const { emulator, authorizeUrl } = createServer({ dialect: { redirectScope: 'twice' } })
    expect(await emulator.approveLogin(authorizeUrl())).toContain('&scope=chat%253Aread%2520chat%253Aedit&')
  })

  test('publicImplicit', async () => {
    const { emulator, authorizeUrl } = createServer({ dialect: { publicImplicit: 'refused' } })
    const query = { client_id: open.clientId, response_type: 'token' }
    expect(await emulator.approveLogin(authorizeUrl(query))).toContain('error=unsupported_response_type')
    expect(await createServer().emulator.approveLogin(authorizeUrl(query))).toContain('#access_token=')
  })

  test('secretsInUrl', async () => {
    const { emulator } = createServer({ strict: true })
    const answer = await emulator.handle({
      method: 'POST',
      url: `${ORIGIN}/oauth2/token?${new URLSearchParams(app).toString()}`,
      headers: {},
      body: '',
    })
    expect(object(answer)).toEqual({ status: 400, message: 'client_secret belongs in the body' })
  })
})

describe('what a test can do with it', () => {
  test('lays out the next answers, each used once, before or after the request is dealt with', async () => {
    const server = createServer()
    const form = {
      client_id: confidential.clientId,
      client_secret: confidential.clientSecret,
      grant_type: 'client_credentials',
    }
    server.emulator.script.next('/token', {
      status: 503,
      body: '<html>',
      headers: { 'content-type': 'text/html' },
    })
    server.emulator.script.next('/token', {
      afterwards: true,
      status: 500,
      body: { status: 500, message: 'oops' },
      cutAfter: 3,
    })
    expect(server.emulator.script.left).toBe(2)
    expect(await server.post('/oauth2/token', form)).toEqual({
      status: 503,
      headers: { 'content-type': 'text/html' },
      body: '<html>',
    })
    const before = server.emulator.snapshot().accessTokens.length
    expect(await server.post('/oauth2/token', form)).toMatchObject({ status: 500, fault: { cutAfter: 3 } })
    expect(server.emulator.snapshot().accessTokens.length).toBe(before + 1)
    expect((await server.post('/oauth2/token', form)).status).toBe(200)
    expect(server.emulator.script.left).toBe(0)
  })

  test('reads what was received, with the secrets masked', async () => {
    const { emulator, post, get } = createServer()
    await post('/auth/token', {
      client_id: 'x',
      client_secret: 'canary',
      grant_type: 'refresh_token',
      refresh_token: 'canary',
    })
    await post('/oauth2/revoke', { client_id: 'x', token: 'canary' })
    await get(
      '/oauth2/validate',
      { code: 'canary', device_code: 'canary' },
      { authorization: 'OAuth canary' },
    )
    expect(JSON.stringify(emulator.journal)).not.toContain('canary')
    expect(emulator.journal[0]).toMatchObject({
      method: 'POST',
      path: '/auth/token',
      status: 400,
      inUrl: [],
      parameters: { client_id: 'x', client_secret: '***', grant_type: 'refresh_token', refresh_token: '***' },
    })
    expect(emulator.journal[2]).toMatchObject({
      method: 'GET',
      path: '/oauth2/validate',
      status: 401,
      inUrl: ['code', 'device_code'],
      headers: { authorization: 'OAuth ***' },
    })
  })
})
