// oauth4webapi, a certified client that takes the standards at their word, against the emulator: bare, to see where Twitch differs, and with the translation.

import { createHash, createPublicKey, verify } from 'node:crypto'
import * as oauth from 'oauth4webapi'
import { describe, expect, test } from 'vitest'
import { seededApplications, type StartOptions } from '../../src/emulator.ts'
import { REDIRECT_URI, type ServerForOthers, confidential, open, serveOthers } from './emulator.ts'
import { twitchFetch } from './twitch-dialect.ts'

const bare = { [oauth.allowInsecureRequests]: true }
const translated = { ...bare, [oauth.customFetch]: twitchFetch }
const secret = oauth.ClientSecretPost(confidential.clientSecret)
const client: oauth.Client = { client_id: confidential.clientId }
const publicClient: oauth.Client = { client_id: open.clientId }

interface Setting extends ServerForOthers {
  readonly as: oauth.AuthorizationServer
}

/** The emulator, found by discovery; the two endpoints that Twitch does not list are added. */
async function start(options?: StartOptions): Promise<Setting> {
  const server = await serveOthers(options)
  const issuer = new URL(server.emulator.url)
  const found = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, bare))
  const as = {
    ...found,
    device_authorization_endpoint: `${issuer.href}/device`,
    revocation_endpoint: `${issuer.href}/revoke`,
  }
  server.received()
  return { ...server, as }
}

/** What oauth4webapi throws for an error that is in the body. */
function refusal(status: number, error: string, description: string): object {
  return { code: oauth.RESPONSE_BODY_ERROR, status, error, error_description: description }
}

/** A grant whose code the browser has brought. */
async function redeem(
  { as }: Setting,
  callback: URL,
  verifier: string | typeof oauth.nopkce = oauth.nopkce,
): Promise<Response> {
  const parameters = oauth.validateAuthResponse(as, client, callback, oauth.expectNoState)
  return oauth.authorizationCodeGrantRequest(
    as,
    client,
    secret,
    parameters,
    REDIRECT_URI,
    verifier,
    translated,
  )
}

describe('where Twitch differs: without the translation', () => {
  test('a list of scopes is refused', async () => {
    const { as, emulator } = await start()
    const { refreshToken = '' } = emulator.issueUserToken(client.client_id, '100000001', ['chat:read'])
    const response = await oauth.refreshTokenGrantRequest(as, client, secret, refreshToken, bare)
    await expect(oauth.processRefreshTokenResponse(as, client, response)).rejects.toThrow(
      '"scope" property must be a string',
    )
  })

  test('the scopes as Twitch’s refresh page prints them are taken', async () => {
    const { as, emulator } = await start({ dialect: { tokenScope: 'string' } })
    const { refreshToken = '' } = emulator.issueUserToken(client.client_id, '100000001', ['chat:read'])
    const response = await oauth.refreshTokenGrantRequest(as, client, secret, refreshToken, bare)
    expect((await oauth.processRefreshTokenResponse(as, client, response)).scope).toBe('chat:read')
  })

  test('a refusal is not known for one', async () => {
    const { as } = await start()
    const response = await oauth.refreshTokenGrantRequest(as, client, secret, 'unknown', bare)
    await expect(oauth.processRefreshTokenResponse(as, client, response)).rejects.toMatchObject({
      code: oauth.RESPONSE_IS_NOT_CONFORM,
    })
  })

  test('a token that can not be revoked any more is an error', async () => {
    const { as } = await start()
    const response = await oauth.revocationRequest(as, client, secret, 'unknown', bare)
    await expect(oauth.processRevocationResponse(response)).rejects.toMatchObject({
      code: oauth.RESPONSE_IS_NOT_CONFORM,
    })
  })

  test('`scope` of a device login is not heard from a confidential application', async () => {
    const { as, emulator } = await start()
    await oauth.deviceAuthorizationRequest(as, client, secret, { scope: 'chat:read' }, bare)
    expect(emulator.snapshot().deviceCodes[0]?.scopes).toEqual([])
  })

  test('a secret in the Authorization header is not looked at', async () => {
    const { as } = await start()
    const basic = oauth.ClientSecretBasic(confidential.clientSecret)
    const response = await oauth.clientCredentialsGrantRequest(as, client, basic, {}, translated)
    await expect(oauth.processClientCredentialsResponse(as, client, response)).rejects.toMatchObject(
      refusal(400, 'invalid_request', 'missing client id'),
    )
  })

  test('proof keys are ignored: a verifier of somebody else redeems the code', async () => {
    const setting = await start()
    const callback = await setting.authorize({
      code_challenge: await oauth.calculatePKCECodeChallenge(oauth.generateRandomCodeVerifier()),
      code_challenge_method: 'S256',
    })
    const response = await redeem(setting, callback, oauth.generateRandomCodeVerifier())
    const token = await oauth.processAuthorizationCodeResponse(setting.as, client, response)
    expect(await setting.isAlive(token.access_token)).toBe(true)
  })
})

describe('the grants, with the translation', () => {
  test('client credentials', async () => {
    const { as, received, isAlive } = await start()
    const response = await oauth.clientCredentialsGrantRequest(as, client, secret, {}, translated)
    const token = await oauth.processClientCredentialsResponse(as, client, response)
    expect(token).toEqual({
      access_token: expect.stringMatching(/^[a-z0-9]{30}$/),
      expires_in: expect.any(Number),
      token_type: 'bearer',
    })
    expect(received()).toEqual(['POST /oauth2/token 200'])
    expect(await isAlive(token.access_token)).toBe(true)
  })

  test.each([
    ['a wrong secret', client, oauth.ClientSecretPost('wrong'), 403, 'invalid client secret'],
    ['no secret', client, oauth.None(), 400, 'missing client secret'],
    ['an unknown application', { client_id: 'nobody' }, secret, 400, 'invalid client'],
    ['a public application', publicClient, secret, 400, 'Invalid client credentials'],
  ])('client credentials with %s', async (_what, client, authentication, status, description) => {
    const { as } = await start()
    const response = await oauth.clientCredentialsGrantRequest(as, client, authentication, {}, translated)
    await expect(oauth.processClientCredentialsResponse(as, client, response)).rejects.toMatchObject(
      refusal(status, 'invalid_client', description),
    )
  })

  test('authorization code: state, exchange, and the code once', async () => {
    const setting = await start()
    const { as } = setting
    const state = oauth.generateRandomState()
    const callback = await setting.authorize({ scope: 'chat:read user:read:email', state })
    expect(() => oauth.validateAuthResponse(as, client, callback, oauth.generateRandomState())).toThrow(
      'state',
    )
    const parameters = oauth.validateAuthResponse(as, client, callback, state)
    const send = async () =>
      oauth.authorizationCodeGrantRequest(
        as,
        client,
        secret,
        parameters,
        REDIRECT_URI,
        oauth.nopkce,
        translated,
      )
    const token = await oauth.processAuthorizationCodeResponse(as, client, await send())
    expect(token.scope).toBe('chat:read user:read:email')
    expect(token.refresh_token).toMatch(/^[a-z0-9]{50}$/)
    await expect(oauth.processAuthorizationCodeResponse(as, client, await send())).rejects.toMatchObject(
      refusal(400, 'invalid_grant', 'Invalid authorization code'),
    )
    expect(await setting.isAlive(token.access_token)).toBe(false)
  })

  test('authorization code: a user who refuses, and a redirect URL that is not registered', async () => {
    const { as, emulator } = await start()
    const url = (redirectUri: string) =>
      `${as.authorization_endpoint}?${new URLSearchParams({
        client_id: confidential.clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        state: 'ours',
      }).toString()}`
    const answers = [
      await emulator.denyLogin(url(REDIRECT_URI)),
      await emulator.denyLogin(url('http://other')),
    ]
    const errors = answers.map((answer) => {
      try {
        return oauth.validateAuthResponse(as, client, new URL(answer), 'ours')
      } catch (error) {
        return error
      }
    })
    expect(errors).toMatchObject([
      { error: 'access_denied', error_description: 'The user denied you access' },
      {
        error: 'redirect_mismatch',
        error_description: 'Parameter redirect_uri does not match registered URI',
      },
    ])
  })

  test('authorization code: expired', async () => {
    const setting = await start()
    const callback = await setting.authorize()
    setting.advance(600)
    const response = await redeem(setting, callback)
    await expect(oauth.processAuthorizationCodeResponse(setting.as, client, response)).rejects.toMatchObject(
      refusal(400, 'invalid_grant', 'Invalid authorization code'),
    )
  })

  test('refresh token: it stays with a confidential application, and is used once by a public one', async () => {
    const { as, emulator } = await start()
    const refresh = async (who: oauth.Client, how: oauth.ClientAuth, value: string) => {
      const response = await oauth.refreshTokenGrantRequest(as, who, how, value, translated)
      return oauth.processRefreshTokenResponse(as, who, response)
    }
    const ours = emulator.issueUserToken(client.client_id, '100000001', ['chat:read', 'chat:edit'])
    expect(await refresh(client, secret, ours.refreshToken ?? '')).toMatchObject({
      refresh_token: ours.refreshToken,
      scope: 'chat:read chat:edit',
    })

    const theirs = emulator.issueUserToken(publicClient.client_id, '100000001', ['chat:read'])
    const renewed = await refresh(publicClient, oauth.None(), theirs.refreshToken ?? '')
    expect(renewed.refresh_token).not.toBe(theirs.refreshToken)
    for (const dead of [theirs.refreshToken, renewed.refresh_token]) {
      await expect(refresh(publicClient, oauth.None(), dead ?? '')).rejects.toMatchObject(
        refusal(400, 'invalid_grant', 'Invalid refresh token'),
      )
    }
  })

  test('refresh token: a scope that does not exist', async () => {
    const { as, emulator } = await start()
    const { refreshToken = '' } = emulator.issueUserToken(client.client_id, '100000001', ['chat:read'])
    const response = await oauth.refreshTokenGrantRequest(as, client, secret, refreshToken, {
      ...translated,
      additionalParameters: { scope: 'no:such' },
    })
    await expect(oauth.processRefreshTokenResponse(as, client, response)).rejects.toMatchObject(
      refusal(400, 'invalid_scope', "invalid scope requested: 'no:such'"),
    )
  })

  test('device code: waiting, too fast, granted, used', async () => {
    const { as, advance, emulator } = await start({ strict: true })
    const started = await oauth.deviceAuthorizationRequest(
      as,
      publicClient,
      oauth.None(),
      { scope: 'chat:read' },
      translated,
    )
    const login = await oauth.processDeviceAuthorizationResponse(as, publicClient, started)
    expect(login).toMatchObject({ expires_in: 1800, interval: 5 })
    const poll = async () => {
      const response = await oauth.deviceCodeGrantRequest(
        as,
        publicClient,
        oauth.None(),
        login.device_code,
        translated,
      )
      return oauth.processDeviceCodeResponse(as, publicClient, response)
    }
    const said = async (error: string) => expect(poll()).rejects.toMatchObject({ status: 400, error })
    await said('authorization_pending')
    await said('slow_down')
    advance(5)
    await said('authorization_pending')
    emulator.approveDevice(login.user_code)
    advance(5)
    const token = await poll()
    expect(token.scope).toBe('chat:read')
    await said('expired_token')
  })

  test('device code: refused by the user', async () => {
    const { as, emulator } = await start({ strict: true })
    const started = await oauth.deviceAuthorizationRequest(as, client, secret, {}, translated)
    const login = await oauth.processDeviceAuthorizationResponse(as, client, started)
    emulator.denyDevice(login.user_code)
    const response = await oauth.deviceCodeGrantRequest(as, client, secret, login.device_code, translated)
    await expect(oauth.processDeviceCodeResponse(as, client, response)).rejects.toMatchObject({
      status: 400,
      error: 'access_denied',
    })
  })

  test('revocation: once, again, and by an application that does not exist', async () => {
    const { as, emulator, isAlive } = await start()
    const { accessToken } = emulator.issueUserToken(client.client_id, '100000001', [])
    const revoke = async (who: oauth.Client) =>
      oauth.processRevocationResponse(
        await oauth.revocationRequest(as, who, oauth.None(), accessToken, translated),
      )
    await expect(revoke({ client_id: 'nobody' })).rejects.toMatchObject(
      refusal(404, 'invalid_client', 'client does not exist'),
    )
    await revoke(client)
    expect(await isAlive(accessToken)).toBe(false)
    await revoke(client)
  })
})

describe('OpenID Connect', () => {
  const claims = JSON.stringify({
    id_token: { email: null, email_verified: null, preferred_username: null },
    userinfo: { picture: null, preferred_username: null, updated_at: null },
  })
  const scope = 'openid user:read:email'

  /** A login with an ID token in it, as far as the answer of the token endpoint. */
  async function logIn(setting: Setting, nonce: string): Promise<Response> {
    return redeem(setting, await setting.authorize({ scope, nonce, claims }))
  }

  test('the discovery document has what Twitch’s has', async () => {
    const { origin } = await serveOthers()
    // Under both bases, since an issuer is known by the address that it is found at.
    for (const base of ['/oauth2', '/auth']) {
      const issuer = new URL(origin + base)
      const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, bare))
      expect(as).toMatchObject({
        issuer: issuer.href,
        authorization_endpoint: `${issuer.href}/authorize`,
        token_endpoint: `${issuer.href}/token`,
        userinfo_endpoint: `${issuer.href}/userinfo`,
        jwks_uri: `${issuer.href}/keys`,
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['client_secret_post'],
      })
      expect(as).not.toHaveProperty('device_authorization_endpoint')
      expect(as).not.toHaveProperty('revocation_endpoint')
    }
  })

  test('an ID token that holds: claims, signature, userinfo', async () => {
    const setting = await start()
    const { as } = setting
    const nonce = oauth.generateRandomNonce()
    const response = await logIn(setting, nonce)
    const token = await oauth.processAuthorizationCodeResponse(as, client, response, {
      expectedNonce: nonce,
      requireIdToken: true,
    })
    await oauth.validateApplicationLevelSignature(as, response, bare)
    const said = oauth.getValidatedIdTokenClaims(token)
    expect(said).toEqual({
      iss: as.issuer,
      aud: client.client_id,
      azp: client.client_id,
      sub: '100000001',
      iat: expect.any(Number),
      exp: (said?.iat ?? 0) + 900,
      nonce,
      email: 'streamer@example.com',
      email_verified: true,
      preferred_username: 'Mock_Streamer',
    })
    const known = await oauth.processUserInfoResponse(
      as,
      client,
      '100000001',
      await oauth.userInfoRequest(as, client, token.access_token, bare),
    )
    expect(known).toMatchObject({
      sub: '100000001',
      preferred_username: 'Mock_Streamer',
      picture: expect.stringMatching(/^https:/),
      updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}Z$/),
    })
    expect(known).not.toHaveProperty('email')
  })

  test('an ID token of another login is found out', async () => {
    const setting = await start()
    const other = await start()
    const { as } = setting
    const nonce = oauth.generateRandomNonce()
    const process = async (
      response: Response,
      by: oauth.AuthorizationServer = as,
      who: oauth.Client = client,
      expectedNonce = nonce,
    ) => oauth.processAuthorizationCodeResponse(by, who, response, { expectedNonce, requireIdToken: true })
    const response = await logIn(setting, nonce)
    await expect(process(response.clone(), as, client, 'another')).rejects.toThrow('"nonce"')
    await expect(process(response.clone(), other.as)).rejects.toThrow('"iss"')
    await expect(process(response.clone(), as, publicClient)).rejects.toThrow('"aud"')
    const late = { ...client, [oauth.clockSkew]: 1000 }
    await expect(process(response.clone(), as, late)).rejects.toThrow('"exp"')

    await process(response)
    await oauth.validateApplicationLevelSignature(as, response, bare)
    const theirKeys = { ...as, jwks_uri: other.as.jwks_uri ?? '' }
    await expect(oauth.validateApplicationLevelSignature(theirKeys, response, bare)).rejects.toThrow(
      'signature',
    )
  })

  test('without the scope there is no ID token, and nothing to learn of the user', async () => {
    const setting = await start()
    const { as } = setting
    const response = await redeem(setting, await setting.authorize({ scope: 'chat:read' }))
    const token = await oauth.processAuthorizationCodeResponse(as, client, response)
    expect(token).not.toHaveProperty('id_token')
    const info = await oauth.userInfoRequest(as, client, token.access_token, bare)
    expect(info.status).toBe(401)
  })

  test('a refresh brings no new ID token', async () => {
    const setting = await start()
    const { as } = setting
    const nonce = oauth.generateRandomNonce()
    const first = await oauth.processAuthorizationCodeResponse(as, client, await logIn(setting, nonce), {
      expectedNonce: nonce,
    })
    const response = await oauth.refreshTokenGrantRequest(
      as,
      client,
      secret,
      first.refresh_token ?? '',
      translated,
    )
    const second = await oauth.processRefreshTokenResponse(as, client, response)
    expect(second.scope).toBe(scope)
    expect(second).not.toHaveProperty('id_token')
  })

  test('an ID token in a fragment is signed by the published key, and bound to the token beside it', async () => {
    const { as, authorize } = await start()
    const callback = await authorize({ scope, response_type: 'token id_token', nonce: 'n', state: 's' })
    expect(callback.search).toBe('')
    const fragment = new URLSearchParams(callback.hash.slice(1))
    expect([...fragment.keys()]).toEqual(['access_token', 'id_token', 'scope', 'state', 'token_type'])
    const [header = '', body = '', signature = ''] = (fragment.get('id_token') ?? '').split('.')
    const { keys } = (await (await fetch(as.jwks_uri ?? '')).json()) as {
      keys: [{ kty: string; n: string; e: string }]
    }
    const key = createPublicKey({ key: keys[0], format: 'jwk' })
    const signed = Buffer.from(`${header}.${body}`)
    expect(verify('sha256', signed, key, Buffer.from(signature, 'base64url'))).toBe(true)
    const hash = createHash('sha256')
      .update(fragment.get('access_token') ?? '')
      .digest()
    expect(JSON.parse(Buffer.from(body, 'base64url').toString())).toMatchObject({
      iss: as.issuer,
      aud: seededApplications.confidential.clientId,
      nonce: 'n',
      at_hash: hash.subarray(0, 16).toString('base64url'),
    })
  })
})
