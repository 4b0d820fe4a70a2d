// twurple, the Twitch library of many bots, against the emulator: every helper and every provider that talks to the identity server.

import {
  AppTokenAuthProvider,
  CachedRefreshFailureError,
  InvalidTokenError,
  RefreshingAuthProvider,
  StaticAuthProvider,
  accessTokenIsExpired,
  exchangeCode,
  exchangeDeviceCode,
  getAppToken,
  getTokenInfo,
  getValidTokenFromProviderForIntent,
  getValidTokenFromProviderForUser,
  refreshUserToken,
  revokeToken,
  startDeviceCodeFlow,
} from '@twurple/auth'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { StartOptions } from '../../src/emulator.ts'
import { REDIRECT_URI, type ServerForOthers, confidential, open, serveOthers } from './emulator.ts'

const ACCESS_TOKEN = /^[a-z0-9]{30}$/
const REFRESH_TOKEN = /^[a-z0-9]{50}$/
const STREAMER = '100000001'
const BOT = '100000002'

/** Starts the emulator, and points twurple at it as it is pointed at any local server. */
async function start(options?: StartOptions): Promise<ServerForOthers> {
  const server = await serveOthers(options)
  vi.stubEnv('TWURPLE_MOCK_API_PORT', String(server.emulator.port))
  return server
}

afterEach(() => vi.unstubAllEnvs())

/** What twurple throws for a refusal: the status, and the body in its message. */
function refusal(statusCode: number, message: string): object {
  return { statusCode, message: expect.stringContaining(`"message": "${message}"`) }
}

describe('app tokens', () => {
  test('getAppToken', async () => {
    const { emulator, received } = await start()
    const token = await getAppToken(confidential.clientId, confidential.clientSecret)
    expect(token).toMatchObject({ refreshToken: null, scope: [] })
    expect(token.accessToken).toMatch(ACCESS_TOKEN)
    expect(token.expiresIn).toBeGreaterThanOrEqual(4_700_000)
    expect(accessTokenIsExpired(token)).toBe(false)
    expect(received()).toEqual(['POST /auth/token 200'])
    // twurple puts the secret into the URL, as the official CLI does.
    expect(emulator.journal[0]).toMatchObject({
      parameters: {
        client_id: confidential.clientId,
        client_secret: '***',
        grant_type: 'client_credentials',
      },
      inUrl: ['grant_type', 'client_id', 'client_secret'],
    })
  })

  test.each([
    ['a wrong secret', confidential.clientId, 'wrong', refusal(403, 'invalid client secret')],
    ['an unknown application', 'nobody', 'wrong', refusal(400, 'invalid client')],
    ['a public application', open.clientId, 'wrong', refusal(400, 'Invalid client credentials')],
  ])('getAppToken with %s', async (_what, clientId, clientSecret, expected) => {
    await start()
    await expect(getAppToken(clientId, clientSecret)).rejects.toMatchObject(expected)
  })

  test('a server that takes no secret in a URL turns twurple away', async () => {
    await start({ strict: true })
    await expect(getAppToken(confidential.clientId, confidential.clientSecret)).rejects.toMatchObject(
      refusal(400, 'client_secret belongs in the body'),
    )
  })

  test('AppTokenAuthProvider asks once, and again when it is told to', async () => {
    const { received, isAlive } = await start()
    const provider = new AppTokenAuthProvider(confidential.clientId, confidential.clientSecret)
    const first = await provider.getAppAccessToken()
    expect(await provider.getAnyAccessToken()).toBe(first)
    expect(received()).toHaveLength(1)
    const second = await provider.getAppAccessToken(true)
    expect(second.accessToken).not.toBe(first.accessToken)
    expect(await isAlive(first.accessToken)).toBe(true)
    expect(await isAlive(second.accessToken)).toBe(true)
  })

  test('AppTokenAuthProvider with a wrong secret', async () => {
    await start()
    const provider = new AppTokenAuthProvider(confidential.clientId, 'wrong')
    await expect(provider.getAppAccessToken()).rejects.toMatchObject(refusal(403, 'invalid client secret'))
  })

  test('an outage is an outage', async () => {
    const { emulator } = await start()
    emulator.script.next('/token', {
      status: 503,
      headers: { 'content-type': 'text/html' },
      body: '<h1>No</h1>',
    })
    await expect(getAppToken(confidential.clientId, confidential.clientSecret)).rejects.toMatchObject({
      statusCode: 503,
    })
  })
})

describe('authorization codes', () => {
  const exchange = async (code: string, redirectUri = REDIRECT_URI, secret = confidential.clientSecret) =>
    exchangeCode(confidential.clientId, secret, code, redirectUri)

  test('exchangeCode, once', async () => {
    const { code, received, isAlive } = await start()
    const value = await code('chat:read', 'user:read:email')
    const token = await exchange(value)
    expect(token.accessToken).toMatch(ACCESS_TOKEN)
    expect(token.refreshToken).toMatch(REFRESH_TOKEN)
    expect(token.scope).toEqual(['chat:read', 'user:read:email'])
    expect(token.expiresIn).toBeGreaterThan(13_000 - 1)
    expect(token.expiresIn).toBeLessThan(15_700)

    await expect(exchange(value)).rejects.toMatchObject(refusal(400, 'Invalid authorization code'))
    expect(received()).toEqual(['POST /auth/token 200', 'POST /auth/token 400'])
    // Somebody else may have seen a code that comes twice: what it became is over.
    expect(await isAlive(token.accessToken)).toBe(false)
  })

  test('exchangeCode without scopes', async () => {
    const { code } = await start()
    expect((await exchange(await code())).scope).toEqual([])
  })

  test('exchangeCode of an expired code', async () => {
    const { advance, code } = await start()
    const value = await code('chat:read')
    advance(10 * 60)
    await expect(exchange(value)).rejects.toMatchObject(refusal(400, 'Invalid authorization code'))
  })

  test('exchangeCode with what does not belong to the code', async () => {
    const { code } = await start()
    const value = await code('chat:read')
    await expect(exchange('unknown')).rejects.toMatchObject(refusal(400, 'Invalid authorization code'))
    await expect(exchange(value, `${REDIRECT_URI}/`)).rejects.toMatchObject(
      refusal(400, 'Parameter redirect_uri does not match registered URI'),
    )
    await expect(exchange(value, REDIRECT_URI, 'wrong')).rejects.toMatchObject(
      refusal(403, 'invalid client secret'),
    )
    // None of that has spent it.
    expect((await exchange(value)).scope).toEqual(['chat:read'])
  })
})

describe('refreshUserToken', () => {
  const refresh = async (value: string, secret: string | undefined = confidential.clientSecret) =>
    refreshUserToken(confidential.clientId, secret, value)

  test('of a confidential application: the refresh token stays, and so does the old access token', async () => {
    const { emulator, isAlive } = await start()
    const issued = emulator.issueUserToken(confidential.clientId, STREAMER, ['chat:read'])
    const token = await refresh(issued.refreshToken ?? '')
    expect(token.refreshToken).toBe(issued.refreshToken)
    expect(token.scope).toEqual(['chat:read'])
    expect(token.accessToken).not.toBe(issued.accessToken)
    expect(await isAlive(issued.accessToken)).toBe(true)
    expect(await isAlive(token.accessToken)).toBe(true)
  })

  test('of a public application: each refresh token once, and a replay ends everything', async () => {
    const { emulator, isAlive } = await start()
    const issued = emulator.issueUserToken(open.clientId, STREAMER, ['chat:read'])
    const token = await refreshUserToken(open.clientId, undefined, issued.refreshToken ?? '')
    expect(emulator.journal[0]?.parameters).not.toHaveProperty('client_secret')
    expect(token.refreshToken).toMatch(REFRESH_TOKEN)
    expect(token.refreshToken).not.toBe(issued.refreshToken)
    expect(await isAlive(issued.accessToken)).toBe(false)
    expect(await isAlive(token.accessToken)).toBe(true)

    await expect(refreshUserToken(open.clientId, undefined, issued.refreshToken ?? '')).rejects.toMatchObject(
      refusal(400, 'Invalid refresh token'),
    )
    expect(await isAlive(token.accessToken)).toBe(false)
    await expect(refreshUserToken(open.clientId, undefined, token.refreshToken ?? '')).rejects.toMatchObject(
      refusal(400, 'Invalid refresh token'),
    )
  })

  test('of a public application, after thirty days', async () => {
    const { emulator, advance } = await start()
    const { refreshToken = '' } = emulator.issueUserToken(open.clientId, STREAMER, [])
    advance(30 * 24 * 60 * 60)
    await expect(refreshUserToken(open.clientId, undefined, refreshToken)).rejects.toMatchObject(
      refusal(400, 'Invalid refresh token'),
    )
  })

  test('that is refused', async () => {
    const { emulator, code } = await start()
    const { refreshToken = '' } = emulator.issueUserToken(confidential.clientId, STREAMER, ['chat:read'])
    const foreign = emulator.issueUserToken(open.clientId, STREAMER, ['chat:read'])
    await expect(refresh('unknown')).rejects.toMatchObject(refusal(400, 'Invalid refresh token'))
    await expect(refresh(foreign.refreshToken ?? '')).rejects.toMatchObject(
      refusal(400, 'Invalid refresh token'),
    )
    await expect(refresh('')).rejects.toMatchObject(refusal(400, 'missing refresh token'))
    await expect(refresh(refreshToken, 'wrong')).rejects.toMatchObject(refusal(403, 'invalid client secret'))
    await expect(refreshUserToken(confidential.clientId, undefined, refreshToken)).rejects.toMatchObject(
      refusal(400, 'missing client secret'),
    )
    expect((await refresh(refreshToken)).scope).toEqual(['chat:read'])

    // A refresh token is revoked with all of its grant: here, by a code that comes twice.
    const value = await code('chat:read')
    const exchange = async () =>
      exchangeCode(confidential.clientId, confidential.clientSecret, value, REDIRECT_URI)
    const token = await exchange()
    await expect(exchange()).rejects.toThrow()
    await expect(refresh(token.refreshToken ?? '')).rejects.toMatchObject(
      refusal(400, 'Invalid refresh token'),
    )
  })
})

describe('getTokenInfo and revokeToken', () => {
  test('of a user token', async () => {
    const { emulator, received } = await start()
    const { accessToken, expiresIn } = emulator.issueUserToken(confidential.clientId, BOT, [
      'user:read:email',
      'chat:read',
    ])
    const info = await getTokenInfo(accessToken)
    expect(info).toMatchObject({
      clientId: confidential.clientId,
      userId: BOT,
      userName: 'mock_bot',
      scopes: ['chat:read', 'user:read:email'],
    })
    const life = (info.expiryDate?.getTime() ?? 0) - Date.now()
    expect(Math.abs(life / 1000 - expiresIn)).toBeLessThan(5)
    expect(received()).toEqual(['GET /auth/validate 200'])
    expect(emulator.journal[0]?.headers).toMatchObject({ authorization: 'OAuth ***' })
  })

  test.each([
    ['as it was seen', {}, []],
    ['as it is documented', { appTokenUser: 'null', appTokenScopes: 'null' }, null],
  ] as const)('of an app token, %s', async (_how, dialect, scopes) => {
    await start({ dialect })
    const { accessToken } = await getAppToken(confidential.clientId, confidential.clientSecret)
    expect(await getTokenInfo(accessToken)).toMatchObject({
      clientId: confidential.clientId,
      userId: null,
      userName: null,
      scopes,
    })
  })

  test('of a user token without scopes: null, which twurple hands on as it is', async () => {
    const { emulator } = await start()
    const { accessToken } = emulator.issueUserToken(confidential.clientId, BOT, [])
    expect((await getTokenInfo(accessToken)).scopes).toBeNull()
  })

  test('of a token that is unknown, expired, or a refresh token', async () => {
    const { emulator, advance } = await start()
    const { accessToken, refreshToken = '' } = emulator.issueUserToken(confidential.clientId, BOT, [])
    await expect(getTokenInfo('unknown')).rejects.toBeInstanceOf(InvalidTokenError)
    await expect(getTokenInfo(refreshToken)).rejects.toBeInstanceOf(InvalidTokenError)
    await getTokenInfo(accessToken)
    advance(16_000)
    await expect(getTokenInfo(accessToken)).rejects.toBeInstanceOf(InvalidTokenError)
  })

  test('too many calls: 429 with nothing in it is not taken for a dead token', async () => {
    const { emulator } = await start()
    emulator.script.next('/validate', { status: 429 })
    await expect(getTokenInfo('any')).rejects.toMatchObject({ statusCode: 429 })
  })

  test('revokeToken, once, and only of the application', async () => {
    const { emulator, isAlive } = await start()
    const { accessToken, refreshToken = '' } = emulator.issueUserToken(confidential.clientId, BOT, [])
    await expect(revokeToken(open.clientId, accessToken)).rejects.toMatchObject(refusal(400, 'Invalid token'))
    await expect(revokeToken('nobody', accessToken)).rejects.toMatchObject(
      refusal(404, 'client does not exist'),
    )
    expect(await isAlive(accessToken)).toBe(true)
    expect(await revokeToken(confidential.clientId, accessToken)).toBeUndefined()
    await expect(getTokenInfo(accessToken)).rejects.toBeInstanceOf(InvalidTokenError)
    await expect(revokeToken(confidential.clientId, accessToken)).rejects.toMatchObject(
      refusal(400, 'Invalid token'),
    )
    // The refresh token goes on working.
    const token = await refreshUserToken(confidential.clientId, confidential.clientSecret, refreshToken)
    expect(await isAlive(token.accessToken)).toBe(true)
  })

  test('revokeToken of an app token', async () => {
    const { isAlive } = await start()
    const { accessToken } = await getAppToken(confidential.clientId, confidential.clientSecret)
    await revokeToken(confidential.clientId, accessToken)
    expect(await isAlive(accessToken)).toBe(false)
  })
})

describe('device codes', () => {
  test.each([open, confidential])('of $name: waiting, granted, used', async ({ clientId }) => {
    const { emulator, received } = await start()
    const login = await startDeviceCodeFlow(clientId, ['chat:read', 'chat:edit'])
    expect(login).toMatchObject({ expiresIn: 1800, interval: 5 })
    expect(login.deviceCode).toMatch(/^[A-Za-z0-9]{40}$/)
    expect(login.userCode).toMatch(/^[A-Z]{8}$/)
    expect(new URL(login.verificationUri).searchParams.get('device-code')).toBe(login.userCode)

    const poll = async () => exchangeDeviceCode(clientId, login.deviceCode, ['chat:read', 'chat:edit'])
    await expect(poll()).rejects.toMatchObject(refusal(400, 'authorization_pending'))
    emulator.approveDevice(login.userCode, BOT)
    const token = await poll()
    expect(token.scope).toEqual(['chat:read', 'chat:edit'])
    expect(token.refreshToken).toMatch(REFRESH_TOKEN)
    expect(await getTokenInfo(token.accessToken)).toMatchObject({ clientId, userId: BOT })
    await expect(poll()).rejects.toMatchObject(refusal(400, 'invalid device code'))
    expect(received()).toEqual([
      'POST /auth/device 200',
      'POST /auth/token 400',
      'POST /auth/token 200',
      'GET /auth/validate 200',
      'POST /auth/token 400',
    ])
  })

  test('refused by the user, as Twitch does it and as RFC 8628 does', async () => {
    for (const [deniedDevice, message] of [
      ['pending', 'authorization_pending'],
      ['access_denied', 'access_denied'],
    ] as const) {
      const { emulator } = await start({ dialect: { deniedDevice } })
      const login = await startDeviceCodeFlow(open.clientId, [])
      emulator.denyDevice(login.userCode)
      await expect(exchangeDeviceCode(open.clientId, login.deviceCode, [])).rejects.toMatchObject(
        refusal(400, message),
      )
    }
  })

  test('expired, of another application, with an unknown scope', async () => {
    const { emulator, advance } = await start()
    const login = await startDeviceCodeFlow(open.clientId, [])
    await expect(exchangeDeviceCode(confidential.clientId, login.deviceCode, [])).rejects.toMatchObject(
      refusal(400, 'invalid device code'),
    )
    await expect(startDeviceCodeFlow(open.clientId, ['no:such'])).rejects.toMatchObject(
      refusal(400, "invalid scope requested: 'no:such'"),
    )
    await expect(startDeviceCodeFlow('nobody', [])).rejects.toMatchObject(refusal(400, 'invalid client'))
    emulator.approveDevice(login.userCode)
    advance(1800)
    await expect(exchangeDeviceCode(open.clientId, login.deviceCode, [])).rejects.toMatchObject(
      refusal(400, 'invalid device code'),
    )
  })
})

describe('RefreshingAuthProvider', () => {
  const settings = {
    clientId: confidential.clientId,
    clientSecret: confidential.clientSecret,
    redirectUri: REDIRECT_URI,
  }
  /** A token whose time is up, so that the provider renews it at once. */
  const stale = (refreshToken: string | undefined) => ({
    accessToken: 'stale',
    refreshToken: refreshToken ?? null,
    scope: ['chat:read'],
    expiresIn: 0,
    obtainmentTimestamp: 0,
  })

  test('addUserForCode, then tokens by user and by intent', async () => {
    const { code, received } = await start()
    const provider = new RefreshingAuthProvider(settings)
    expect(await provider.addUserForCode(await code('chat:read'), ['chat'])).toBe(STREAMER)
    expect(received()).toEqual(['POST /auth/token 200', 'GET /auth/validate 200'])
    const token = await provider.getAccessTokenForUser(STREAMER, ['chat:read'])
    expect(token?.accessToken).toMatch(ACCESS_TOKEN)
    expect(await provider.getAccessTokenForIntent('chat')).toEqual(token)
    expect(await provider.getAnyAccessToken(STREAMER)).toEqual(token)
    await expect(provider.getAccessTokenForUser(STREAMER, ['bits:read'])).rejects.toThrow('requested scopes')
    expect(received()).toEqual([])
  })

  test('addUserForCode with an expired code', async () => {
    const { advance, code } = await start()
    const value = await code('chat:read')
    advance(601)
    const provider = new RefreshingAuthProvider(settings)
    await expect(provider.addUserForCode(value)).rejects.toMatchObject(
      refusal(400, 'Invalid authorization code'),
    )
    expect(provider.hasUser(STREAMER)).toBe(false)
  })

  test('startDeviceCodeFlow and addUserForDeviceCode, of a public application', async () => {
    const { emulator, isAlive } = await start()
    const provider = new RefreshingAuthProvider({ clientId: open.clientId })
    const login = await provider.startDeviceCodeFlow(['chat:read'])
    await expect(provider.addUserForDeviceCode(login.deviceCode, ['chat:read'])).rejects.toMatchObject(
      refusal(400, 'authorization_pending'),
    )
    emulator.approveDevice(login.userCode, BOT)
    expect(await provider.addUserForDeviceCode(login.deviceCode, ['chat:read'])).toBe(BOT)
    const first = await provider.getAccessTokenForUser(BOT)
    const second = await provider.refreshAccessTokenForUser(BOT)
    const third = await provider.refreshAccessTokenForUser(BOT)
    const values = [first, second, third].map((token) => token?.refreshToken)
    expect(new Set(values).size).toBe(3)
    expect(await isAlive(second.accessToken)).toBe(false)
    expect(await isAlive(third.accessToken)).toBe(true)
  })

  test.each([confidential, open])(
    'of $name: fifty calls for a token whose time is up are one refresh',
    async ({ clientId, clientSecret }) => {
      const { emulator, received, isAlive } = await start()
      const issued = emulator.issueUserToken(clientId, BOT, ['chat:read'])
      const provider = new RefreshingAuthProvider({
        clientId,
        ...(clientSecret !== undefined && { clientSecret }),
      })
      const renewed: string[] = []
      provider.onRefresh((userId, token) => void renewed.push(userId, token.refreshToken ?? ''))
      provider.addUser(BOT, stale(issued.refreshToken))
      const tokens = await Promise.all(
        Array.from({ length: 50 }, async () => provider.getAccessTokenForUser(BOT)),
      )
      expect(received()).toEqual(['POST /auth/token 200'])
      expect(new Set(tokens.map((token) => token?.accessToken)).size).toBe(1)
      expect(renewed).toEqual([BOT, tokens[0]?.refreshToken])
      expect(await isAlive(tokens[0]?.accessToken ?? '')).toBe(true)
    },
  )

  test('addUserForToken renews a token that has expired, and learns whose it is', async () => {
    const { emulator, received } = await start()
    const { refreshToken } = emulator.issueUserToken(confidential.clientId, BOT, ['chat:read'])
    const provider = new RefreshingAuthProvider(settings)
    expect(await provider.addUserForToken(stale(refreshToken), ['chat'])).toBe(BOT)
    expect(received()).toEqual(['POST /auth/token 200', 'GET /auth/validate 200'])
    const renewed = await provider.refreshAccessTokenForIntent('chat')
    expect(renewed).toMatchObject({ userId: BOT, refreshToken, scope: ['chat:read'] })
  })

  test('addUserForToken takes no app token for a user token', async () => {
    await start()
    const app = await getAppToken(confidential.clientId, confidential.clientSecret)
    const provider = new RefreshingAuthProvider(settings)
    await expect(provider.addUserForToken(app)).rejects.toThrow('app token')
  })

  test('a refresh token that was revoked: the failure is told, and remembered', async () => {
    const { emulator, received } = await start()
    const issued = emulator.issueUserToken(open.clientId, BOT, [])
    await refreshUserToken(open.clientId, undefined, issued.refreshToken ?? '')
    const provider = new RefreshingAuthProvider({ clientId: open.clientId })
    const failures: string[] = []
    provider.onRefreshFailure((userId) => void failures.push(userId))
    provider.addUser(BOT, { ...stale(issued.refreshToken), scope: [] })
    received()
    await expect(provider.getAccessTokenForUser(BOT)).rejects.toMatchObject(
      refusal(400, 'Invalid refresh token'),
    )
    expect(failures).toEqual([BOT])
    await expect(provider.getAccessTokenForUser(BOT)).rejects.toBeInstanceOf(CachedRefreshFailureError)
    expect(received()).toEqual(['POST /auth/token 400'])
  })

  test('a wrong secret', async () => {
    const { emulator } = await start()
    const { refreshToken } = emulator.issueUserToken(confidential.clientId, BOT, [])
    const provider = new RefreshingAuthProvider({ ...settings, clientSecret: 'wrong' })
    provider.addUser(BOT, { ...stale(refreshToken), scope: [] })
    await expect(provider.getAccessTokenForUser(BOT)).rejects.toMatchObject(
      refusal(403, 'invalid client secret'),
    )
    await expect(provider.getAppAccessToken()).rejects.toMatchObject(refusal(403, 'invalid client secret'))
  })

  test('app tokens beside those of users', async () => {
    const { received } = await start()
    const provider = new RefreshingAuthProvider(settings)
    const token = await provider.getAppAccessToken()
    expect(await provider.getAnyAccessToken()).toBe(token)
    expect((await provider.getAppAccessToken(true)).accessToken).not.toBe(token.accessToken)
    expect(received()).toEqual(['POST /auth/token 200', 'POST /auth/token 200'])
  })

  test('getValidTokenFromProvider renews what was revoked behind its back', async () => {
    const { emulator, received } = await start()
    const issued = emulator.issueUserToken(confidential.clientId, BOT, ['chat:read'])
    const provider = new RefreshingAuthProvider(settings)
    const { accessToken, refreshToken = null, expiresIn } = issued
    const token = {
      accessToken,
      refreshToken,
      expiresIn,
      scope: ['chat:read'],
      obtainmentTimestamp: Date.now(),
    }
    provider.addUser(BOT, token, ['chat'])
    await revokeToken(confidential.clientId, accessToken)
    received()
    const { accessToken: renewed, tokenInfo } = await getValidTokenFromProviderForUser(provider, BOT)
    expect(received()).toEqual(['GET /auth/validate 401', 'POST /auth/token 200', 'GET /auth/validate 200'])
    expect(renewed.accessToken).not.toBe(accessToken)
    expect(tokenInfo.userId).toBe(BOT)
    const again = await getValidTokenFromProviderForIntent(provider, 'chat')
    expect(again.accessToken.accessToken).toBe(renewed.accessToken)
    expect(received()).toEqual(['GET /auth/validate 200'])
  })
})

describe('StaticAuthProvider', () => {
  test('finds out whose token it is, and what for', async () => {
    const { emulator, received } = await start()
    const { accessToken } = emulator.issueUserToken(confidential.clientId, BOT, ['chat:read', 'chat:edit'])
    const provider = new StaticAuthProvider(confidential.clientId, accessToken)
    expect(await provider.getAccessTokenForUser(BOT, ['chat:read'])).toMatchObject({
      accessToken,
      userId: BOT,
    })
    expect(provider.getCurrentScopesForUser()).toEqual(['chat:edit', 'chat:read'])
    await expect(provider.getAccessTokenForIntent('chat', ['bits:read'])).rejects.toThrow('requested scopes')
    expect(received()).toContain('GET /auth/validate 200')
  })

  test('says so when the token is dead', async () => {
    const { emulator } = await start()
    const { accessToken } = emulator.issueUserToken(confidential.clientId, BOT, ['chat:read'])
    await revokeToken(confidential.clientId, accessToken)
    await expect(
      new StaticAuthProvider(confidential.clientId, accessToken).getAnyAccessToken(),
    ).rejects.toBeInstanceOf(InvalidTokenError)
  })
})
