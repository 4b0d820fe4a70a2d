// simple-oauth2, a client that forgives, against the emulator: as most web applications are written.

import { AuthorizationCode, ClientCredentials, type ModuleOptions } from 'simple-oauth2'
import { describe, expect, test } from 'vitest'
import { REDIRECT_URI, type ServerForOthers, confidential, serveOthers } from './emulator.ts'

/** How it is told about Twitch: the endpoints, and that the secret goes into the body. */
function settings({ origin }: ServerForOthers, secret: string = confidential.clientSecret): ModuleOptions {
  return {
    client: { id: confidential.clientId, secret },
    auth: {
      tokenHost: origin,
      tokenPath: '/oauth2/token',
      revokePath: '/oauth2/revoke',
    },
    options: { authorizationMethod: 'body' },
    // Twitch's answer to a revocation is empty and names no type, which its default calls an error.
    http: { json: true },
  }
}

/** What it throws for a refusal. */
function refusal(status: number, message: string): object {
  return { output: { statusCode: status }, data: { payload: { status, message } } }
}

/** A user who has logged in: the web application, and the token that it got. */
async function logIn(server: ServerForOthers) {
  const { auth, ...rest } = settings(server)
  const flow = new AuthorizationCode({ ...rest, auth: { ...auth, authorizePath: '/oauth2/authorize' } })
  const url = flow.authorizeURL({
    redirect_uri: REDIRECT_URI,
    scope: ['chat:read', 'chat:edit'],
    state: 'ours',
  })
  const callback = new URL(await server.emulator.approveLogin(url))
  const code = callback.searchParams.get('code') ?? ''
  return { flow, callback, code, token: await flow.getToken({ code, redirect_uri: REDIRECT_URI }) }
}

describe('client credentials', () => {
  test('an app token', async () => {
    const server = await serveOthers()
    const { token } = await new ClientCredentials(settings(server)).getToken({})
    expect(token).toEqual({
      access_token: expect.stringMatching(/^[a-z0-9]{30}$/),
      expires_in: expect.any(Number),
      expires_at: expect.any(Date),
      token_type: 'bearer',
    })
    expect(server.received()).toEqual(['POST /oauth2/token 200'])
    expect(server.emulator.journal[0]).toMatchObject({
      parameters: { grant_type: 'client_credentials', client_secret: '***' },
      inUrl: [],
    })
    expect(await server.isAlive(String(token['access_token']))).toBe(true)
  })

  test('it is the same for a server that is strict', async () => {
    const server = await serveOthers({ strict: true })
    const { token } = await new ClientCredentials(settings(server)).getToken({})
    expect(await server.isAlive(String(token['access_token']))).toBe(true)
  })

  test('a wrong secret', async () => {
    const server = await serveOthers()
    await expect(new ClientCredentials(settings(server, 'wrong')).getToken({})).rejects.toMatchObject(
      refusal(403, 'invalid client secret'),
    )
  })

  test('a secret in the Authorization header, which is its default, is not looked at', async () => {
    const server = await serveOthers()
    const { options: _body, ...rest } = settings(server)
    await expect(new ClientCredentials(rest).getToken({})).rejects.toMatchObject(
      refusal(400, 'missing client id'),
    )
  })
})

describe('authorization code', () => {
  test('the way there, the way back, and the token', async () => {
    const server = await serveOthers()
    const { callback, token } = await logIn(server)
    expect(Object.fromEntries(callback.searchParams)).toMatchObject({
      scope: 'chat:read chat:edit',
      state: 'ours',
    })
    expect(token.token).toMatchObject({
      refresh_token: expect.stringMatching(/^[a-z0-9]{50}$/),
      scope: ['chat:read', 'chat:edit'],
      token_type: 'bearer',
    })
    expect(token.expired()).toBe(false)
    expect(token.expired(15_700)).toBe(true)
  })

  test('a code that is used, expired, or comes with another redirect URL', async () => {
    const server = await serveOthers()
    const { flow, code } = await logIn(server)
    await expect(flow.getToken({ code, redirect_uri: REDIRECT_URI })).rejects.toMatchObject(
      refusal(400, 'Invalid authorization code'),
    )
    const other = await server.code()
    await expect(flow.getToken({ code: other, redirect_uri: `${REDIRECT_URI}/` })).rejects.toMatchObject(
      refusal(400, 'Parameter redirect_uri does not match registered URI'),
    )
    server.advance(600)
    await expect(flow.getToken({ code: other, redirect_uri: REDIRECT_URI })).rejects.toMatchObject(
      refusal(400, 'Invalid authorization code'),
    )
  })
})

describe('what comes after', () => {
  test('refresh: a new access token, the same refresh token, all of the scopes', async () => {
    const server = await serveOthers()
    const { token } = await logIn(server)
    // A scope does not narrow the grant.
    const renewed = await token.refresh({ scope: ['chat:read'] })
    expect(renewed.token['access_token']).not.toBe(token.token['access_token'])
    expect(renewed.token).toMatchObject({
      refresh_token: token.token['refresh_token'],
      scope: ['chat:read', 'chat:edit'],
    })
    await expect(token.refresh({ scope: 'no:such' })).rejects.toMatchObject(
      refusal(400, "invalid scope requested: 'no:such'"),
    )
  })

  test('refresh, where each refresh token is good for once', async () => {
    const server = await serveOthers({ strict: true })
    const { token } = await logIn(server)
    const renewed = await token.refresh()
    expect(renewed.token['refresh_token']).not.toBe(token.token['refresh_token'])
    for (const dead of [token, renewed]) {
      await expect(dead.refresh()).rejects.toMatchObject(refusal(400, 'Invalid refresh token'))
    }
  })

  test('refresh, where a dead refresh token is a 401', async () => {
    const server = await serveOthers({ dialect: { deadRefreshToken: '401' } })
    const { flow } = await logIn(server)
    await expect(flow.createToken({ refresh_token: 'unknown' }).refresh()).rejects.toMatchObject(
      refusal(401, 'Invalid refresh token'),
    )
  })

  test('revoke: the access token dies, once; the refresh token can not be revoked, and goes on', async () => {
    const server = await serveOthers()
    const { token } = await logIn(server)
    await token.revoke('access_token')
    expect(await server.isAlive(String(token.token['access_token']))).toBe(false)
    await expect(token.revoke('access_token')).rejects.toMatchObject(refusal(400, 'Invalid token'))
    await expect(token.revoke('refresh_token')).rejects.toMatchObject(refusal(400, 'Invalid token'))
    const renewed = await token.refresh()
    expect(await server.isAlive(String(renewed.token['access_token']))).toBe(true)
    // Its own way to end everything stops halfway, for the same reason.
    await expect(renewed.revokeAll()).rejects.toMatchObject(refusal(400, 'Invalid token'))
    expect(await server.isAlive(String(renewed.token['access_token']))).toBe(false)
  })

  test('an outage is an outage', async () => {
    const server = await serveOthers()
    const { token } = await logIn(server)
    server.emulator.script.next('/token', { status: 500, body: { status: 500, message: 'sorry' } })
    await expect(token.refresh()).rejects.toMatchObject({ output: { statusCode: 500 } })
    await token.refresh()
  })
})
