// The identity server against the behaviour reference: what Twitch refuses is refused, to the letter; what Twitch forgives is forgiven.

import { describe, expect, test } from 'vitest'
import type { Emulator } from '../../src/emulator/emulator.ts'
import { seededApplications } from '../../src/emulator/seeds.ts'
import type { HttpAnswer } from '../../src/wire/http.ts'
import { type FakeClock, createFakeClock, createTestEmulator } from '../support/world.ts'

const { confidential, public: open } = seededApplications
const USER = '100000001'
const ORIGIN = 'http://localhost:8080'

interface Server {
  readonly clock: FakeClock
  readonly emulator: Emulator
  post(path: string, form: Record<string, string>): Promise<HttpAnswer>
  validate(token: string, scheme?: string): Promise<HttpAnswer>
}

function createServer(): Server {
  const clock = createFakeClock()
  const emulator = createTestEmulator(clock)
  return {
    clock,
    emulator,
    post: async (path, form) =>
      emulator.handle({
        method: 'POST',
        url: `${ORIGIN}${path}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form).toString(),
      }),
    validate: async (token, scheme = 'OAuth') =>
      emulator.handle({
        method: 'GET',
        url: `${ORIGIN}/oauth2/validate`,
        headers: { authorization: `${scheme} ${token}` },
        body: '',
      }),
  }
}

function refusal(status: number, message: string): Partial<HttpAnswer> {
  return { status, body: `{"status":${status},"message":"${message}"}\n` }
}

const app = {
  client_id: confidential.clientId,
  client_secret: confidential.clientSecret,
  grant_type: 'client_credentials',
}

describe('POST /token', () => {
  test.each([
    ['no client', { grant_type: 'client_credentials' }, 400, 'missing client id'],
    ['an empty client', { ...app, client_id: '' }, 400, 'missing client id'],
    ['an unknown client', { ...app, client_id: 'nobody' }, 400, 'invalid client'],
    ['no secret', { client_id: app.client_id, grant_type: app.grant_type }, 400, 'missing client secret'],
    ['a wrong secret', { ...app, client_secret: 'wrong' }, 403, 'invalid client secret'],
    [
      'a public application',
      { client_id: open.clientId, grant_type: app.grant_type },
      400,
      'missing client secret',
    ],
    [
      'a public application with a blank secret',
      { client_id: open.clientId, grant_type: app.grant_type, client_secret: '' },
      400,
      'Invalid client credentials',
    ],
    ['no refresh token', { ...app, grant_type: 'refresh_token' }, 400, 'missing refresh token'],
    [
      'an unknown refresh token',
      { ...app, grant_type: 'refresh_token', refresh_token: 'x' },
      400,
      'Invalid refresh token',
    ],
    [
      'a refresh by a confidential application without its secret',
      { client_id: app.client_id, grant_type: 'refresh_token', refresh_token: 'x' },
      400,
      'missing client secret',
    ],
  ])('refuses %s', async (_what, form, status, message) => {
    expect(await createServer().post('/oauth2/token', form)).toMatchObject(refusal(status, message))
  })

  test('gives an app token, with the keys in order and no scope', async () => {
    const answer = await createServer().post('/oauth2/token', app)
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toBe('application/json')
    expect(answer.body).toMatch(
      /^\{"access_token":"mock[a-z0-9]{26}","expires_in":\d{7},"token_type":"bearer"\}\n$/,
    )
  })

  test.each(['/oauth2/token', '/auth/token'])('answers at %s', async (path) => {
    expect((await createServer().post(path, app)).status).toBe(200)
  })

  test('takes its parameters from the query, a form, or a multipart form; the body wins', async () => {
    const { emulator } = createServer()
    const query = new URLSearchParams(app)
    const inQuery = await emulator.handle({
      method: 'POST',
      url: `${ORIGIN}/oauth2/token?${query}`,
      headers: {},
      body: '',
    })
    expect(inQuery.status).toBe(200)
    const part = (name: string, value: string): string =>
      `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
    const multipart = `${Object.entries(app)
      .map(([name, value]) => part(name, value))
      .join('')}--b--\r\n`
    const headers = { 'content-type': 'multipart/form-data; boundary=b' }
    const inParts = await emulator.handle({
      method: 'POST',
      url: `${ORIGIN}/oauth2/token?client_id=nobody`,
      headers,
      body: multipart,
    })
    expect(inParts.status).toBe(200)
  })

  test('ignores HTTP Basic authentication', async () => {
    const headers = {
      authorization: `Basic ${btoa(`${app.client_id}:${app.client_secret}`)}`,
      'content-type': 'application/x-www-form-urlencoded',
    }
    const answer = await createServer().emulator.handle({
      method: 'POST',
      url: `${ORIGIN}/oauth2/token`,
      headers,
      body: 'grant_type=client_credentials',
    })
    expect(answer).toMatchObject(refusal(400, 'missing client id'))
  })

  test.each([
    ['GET', '/oauth2/token'],
    ['POST', '/oauth2/validate'],
    ['GET', '/oauth2/nothing'],
    ['POST', '/token'],
    ['DELETE', '/oauth2/token'],
  ])('has no %s %s', async (method, path) => {
    const answer = await createServer().emulator.handle({ method, url: ORIGIN + path, headers: {}, body: '' })
    expect(answer).toMatchObject({ status: 404, body: '404 page not found\n' })
  })
})

describe('refreshing', () => {
  const refresh = (
    client: { clientId: string; clientSecret?: string },
    refreshToken: string,
  ): Record<string, string> => ({
    client_id: client.clientId,
    ...(client.clientSecret !== undefined && { client_secret: client.clientSecret }),
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
  })
  const parse = ({ body }: HttpAnswer): { access_token: string; refresh_token: string; scope?: string[] } =>
    JSON.parse(body) as never

  test('of a confidential application gives the same refresh token, and the old access token lives on', async () => {
    const { emulator, post, validate } = createServer()
    const first = emulator.issueUserToken(confidential.clientId, USER, ['chat:read'])
    const second = parse(await post('/oauth2/token', refresh(confidential, first.refreshToken ?? '')))
    expect(second.refresh_token).toBe(first.refreshToken)
    expect(second.scope).toEqual(['chat:read'])
    expect(second.access_token).not.toBe(first.accessToken)
    expect((await validate(first.accessToken)).status).toBe(200)
    expect((await validate(second.access_token)).status).toBe(200)
  })

  test('keeps fifty access tokens of one grant alive, no more', async () => {
    const { emulator, post, validate } = createServer()
    const first = emulator.issueUserToken(confidential.clientId, USER, [])
    for (let count = 0; count < 49; count++)
      await post('/oauth2/token', refresh(confidential, first.refreshToken ?? ''))
    expect((await validate(first.accessToken)).status).toBe(200)
    await post('/oauth2/token', refresh(confidential, first.refreshToken ?? ''))
    expect((await validate(first.accessToken)).status).toBe(401)
  })

  test('of a public application gives a new refresh token, and the old pair is dead', async () => {
    const { emulator, post, validate } = createServer()
    const first = emulator.issueUserToken(open.clientId, USER, ['chat:read'])
    const second = parse(await post('/oauth2/token', refresh(open, first.refreshToken ?? '')))
    expect(second.refresh_token).not.toBe(first.refreshToken)
    expect((await validate(first.accessToken)).status).toBe(401)
    expect((await validate(second.access_token)).status).toBe(200)
  })

  test('with a spent refresh token cuts the whole connection', async () => {
    const { emulator, post, validate } = createServer()
    const first = emulator.issueUserToken(open.clientId, USER, [])
    const second = parse(await post('/oauth2/token', refresh(open, first.refreshToken ?? '')))
    expect(await post('/oauth2/token', refresh(open, first.refreshToken ?? ''))).toMatchObject(
      refusal(400, 'Invalid refresh token'),
    )
    expect((await validate(second.access_token)).status).toBe(401)
    expect(await post('/oauth2/token', refresh(open, second.refresh_token))).toMatchObject(
      refusal(400, 'Invalid refresh token'),
    )
  })

  test('with the refresh token of another application is refused, and harms nobody', async () => {
    const { emulator, post, validate } = createServer()
    const first = emulator.issueUserToken(open.clientId, USER, [])
    expect(await post('/oauth2/token', refresh(confidential, first.refreshToken ?? ''))).toMatchObject(
      refusal(400, 'Invalid refresh token'),
    )
    expect((await validate(first.accessToken)).status).toBe(200)
  })

  test('of a public application ends after thirty days, of a confidential one never', async () => {
    const { clock, emulator, post } = createServer()
    const ofPublic = emulator.issueUserToken(open.clientId, USER, [])
    const ofConfidential = emulator.issueUserToken(confidential.clientId, USER, [])
    clock.advance(30 * 24 * 60 * 60 * 1000)
    expect((await post('/oauth2/token', refresh(open, ofPublic.refreshToken ?? ''))).status).toBe(400)
    expect(
      (await post('/oauth2/token', refresh(confidential, ofConfidential.refreshToken ?? ''))).status,
    ).toBe(200)
  })

  test('can not narrow the scopes, and refuses a scope that does not exist', async () => {
    const { emulator, post } = createServer()
    const { refreshToken = '' } = emulator.issueUserToken(confidential.clientId, USER, [
      'chat:read',
      'chat:edit',
    ])
    const narrowed = parse(
      await post('/oauth2/token', { ...refresh(confidential, refreshToken), scope: 'chat:read' }),
    )
    expect(narrowed.scope).toEqual(['chat:read', 'chat:edit'])
    const unknown = await post('/oauth2/token', {
      ...refresh(confidential, refreshToken),
      scope: 'no:such:thing',
    })
    expect(unknown).toMatchObject(refusal(400, "invalid scope requested: 'no:such:thing'"))
  })
})

describe('GET /validate', () => {
  test.each(['OAuth', 'Bearer', 'oauth', 'bearer'])('takes a token after %s', async (scheme) => {
    const { emulator, validate } = createServer()
    const { accessToken } = emulator.issueUserToken(confidential.clientId, USER, [
      'user:read:email',
      'chat:read',
    ])
    const answer = await validate(accessToken, scheme)
    expect(answer.body).toMatch(
      new RegExp(
        `^{"client_id":"${confidential.clientId}","login":"mock_streamer","scopes":\\["chat:read","user:read:email"\\],"user_id":"${USER}","expires_in":1[345]\\d{3}}\\n$`,
      ),
    )
  })

  test('knows no user of an app token, and no scopes of a token without', async () => {
    const { emulator, post, validate } = createServer()
    const { access_token } = JSON.parse((await post('/oauth2/token', app)).body) as { access_token: string }
    expect((await validate(access_token)).body).toMatch(
      /^\{"client_id":"\w+","scopes":\[\],"expires_in":\d+\}\n$/,
    )
    const { accessToken } = emulator.issueUserToken(confidential.clientId, USER, [])
    expect((await validate(accessToken)).body).toContain('"scopes":null')
  })

  test('refuses a token that is unknown, expired, revoked, or a refresh token', async () => {
    const { clock, emulator, post, validate } = createServer()
    const expired = emulator.issueUserToken(confidential.clientId, USER, [])
    const revoked = emulator.issueUserToken(confidential.clientId, USER, [])
    await post('/oauth2/revoke', { client_id: confidential.clientId, token: revoked.accessToken })
    expect(await validate('unknown')).toMatchObject(refusal(401, 'invalid access token'))
    expect(await validate(revoked.accessToken)).toMatchObject(refusal(401, 'invalid access token'))
    expect(await validate(expired.refreshToken ?? '')).toMatchObject(refusal(401, 'invalid access token'))
    clock.advance(expired.expiresIn * 1000 - 1)
    expect((await validate(expired.accessToken)).status).toBe(200)
    clock.advance(1)
    expect(await validate(expired.accessToken)).toMatchObject(refusal(401, 'invalid access token'))
  })

  test('refuses a request without a token', async () => {
    const { validate } = createServer()
    expect(await validate('', '')).toMatchObject(refusal(401, 'missing authorization token'))
    expect(await validate('x', 'Basic')).toMatchObject(refusal(401, 'missing authorization token'))
  })
})

describe('POST /revoke', () => {
  test.each([
    ['no client', { token: 'x' }, 400, 'missing client id'],
    ['an unknown client', { client_id: 'nobody', token: 'x' }, 404, 'client does not exist'],
    ['no token', { client_id: confidential.clientId }, 400, 'missing oauth token'],
    ['an unknown token', { client_id: confidential.clientId, token: 'x' }, 400, 'Invalid token'],
  ])('refuses %s', async (_what, form, status, message) => {
    expect(await createServer().post('/oauth2/revoke', form)).toMatchObject(refusal(status, message))
  })

  test('takes the token away, once, and leaves the refresh token', async () => {
    const { emulator, post } = createServer()
    const { accessToken, refreshToken = '' } = emulator.issueUserToken(confidential.clientId, USER, [])
    const form = { client_id: confidential.clientId, token: accessToken }
    expect(await post('/oauth2/revoke', form)).toMatchObject({ status: 200, body: '' })
    expect(await post('/oauth2/revoke', form)).toMatchObject(refusal(400, 'Invalid token'))
    const renewed = await post('/oauth2/token', {
      ...app,
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    })
    expect(renewed.status).toBe(200)
  })

  test("refuses another application's token, which goes on working", async () => {
    const { emulator, post, validate } = createServer()
    const { accessToken } = emulator.issueUserToken(open.clientId, USER, [])
    expect(
      await post('/oauth2/revoke', { client_id: confidential.clientId, token: accessToken }),
    ).toMatchObject(refusal(400, 'Invalid token'))
    expect((await validate(accessToken)).status).toBe(200)
  })
})

describe('POST /device', () => {
  test('gives codes of Twitch’s shape, without a secret', async () => {
    const answer = await createServer().post('/oauth2/device', {
      client_id: confidential.clientId,
      scopes: 'chat:read',
    })
    expect(answer.body).toMatch(
      /^\{"device_code":"[A-Za-z0-9]{40}","expires_in":1800,"interval":5,"user_code":"([B-DF-HJ-NP-TV-XZ]{8})","verification_uri":"http:\/\/localhost:8080\/activate\?device-code=\1"\}\n$/,
    )
  })

  test('refuses an unknown client and an unknown scope', async () => {
    const { post } = createServer()
    expect(await post('/oauth2/device', { client_id: 'nobody' })).toMatchObject(
      refusal(400, 'invalid client'),
    )
    expect(
      await post('/oauth2/device', { client_id: open.clientId, scopes: 'chat:read,chat:edit' }),
    ).toMatchObject(refusal(400, "invalid scope requested: 'chat:read,chat:edit'"))
  })
})

test('what one server knew, another goes on with', async () => {
  const { clock, emulator } = createServer()
  const { accessToken } = emulator.issueUserToken(open.clientId, USER, ['chat:read'])
  const { createEmulator } = await import('../../src/emulator/emulator.ts')
  const snapshot = JSON.parse(JSON.stringify(emulator.snapshot())) as ReturnType<Emulator['snapshot']>
  const next = createEmulator({
    now: () => clock.now().getTime(),
    random: (count) => new Uint8Array(count),
    snapshot,
  })
  const answer = await next.handle({
    method: 'GET',
    url: `${ORIGIN}/oauth2/validate`,
    headers: { authorization: `OAuth ${accessToken}` },
    body: '',
  })
  expect(answer.status).toBe(200)
})
