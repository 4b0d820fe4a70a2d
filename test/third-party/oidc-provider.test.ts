// Our client against oidc-provider, a certified server that keeps to the standards where Twitch does not.
//
// What its dialect does not allow: there is no validate endpoint; a device login wants `scope`, and our client says `scopes`
// as Twitch does, so that one name is translated; a confidential application revokes with its secret, which Twitch does
// not want and our client does not send; PKCE, which Twitch does not have, has to be switched off.

import { describe, expect, test } from 'vitest'
import { Secret } from '../../src/domain/secret.ts'
import type { TokenGrant } from '../../src/domain/token.ts'
import { authorizationCode } from '../../src/flows/authorization-code.ts'
import { deviceCode } from '../../src/flows/device-code.ts'
import type { FlowContext, FlowEvent, FlowRequest, UserFlow } from '../../src/flows/user-flow.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { systemRandom } from '../../src/platform/random.ts'
import { serve } from '../../src/platform/server.ts'
import { freePort } from '../support/ports.ts'
import { type OidcServer, confidential, open, startOidcServer } from './oidc-server.ts'
import { createPerson } from './person.ts'

const REDIRECT_URI = 'http://localhost:3000'

/** Where the browser ends after somebody has agreed. */
async function consent({ client }: OidcServer, scopes: readonly string[] = ['chat:read']): Promise<URL> {
  const url = client.authorizeUrl({
    clientId: confidential.clientId,
    redirectUri: REDIRECT_URI,
    scopes,
    state: new Secret('ours'),
    forceVerify: false,
  })
  return new URL((await createPerson(REDIRECT_URI).agree(url)).url)
}

async function logIn(oidc: OidcServer): Promise<TokenGrant> {
  const code = (await consent(oidc)).searchParams.get('code') ?? ''
  return oidc.client.exchangeCode(confidential, new Secret(code), REDIRECT_URI)
}

function refreshTokenOf({ refreshToken }: TokenGrant): Secret {
  if (refreshToken === undefined) throw new Error('There is no refresh token')
  return refreshToken
}

/** A login of ours, as a flow: on a real port, with a real browser's requests. */
async function run(
  oidc: OidcServer,
  flow: UserFlow,
  change: { context?: Partial<FlowContext>; request: Partial<FlowRequest> },
): Promise<TokenGrant | undefined> {
  let grant: TokenGrant | undefined
  const context: FlowContext = {
    identity: oidc.client,
    clock: systemClock,
    random: systemRandom,
    serve,
    openBrowser: async () => undefined,
    askForAddress: async () => new Promise(() => undefined),
    report: () => undefined,
    signal: new AbortController().signal,
    ...change.context,
  }
  const request: FlowRequest = {
    application: confidential,
    scopes: ['chat:read'],
    forceVerify: false,
    openBrowser: true,
    acceptPaste: false,
    callback: { redirectHost: 'localhost', port: 3000, address: undefined },
    timeoutMilliseconds: 10_000,
    ...change.request,
  }
  await flow.run(context, request, async (delivered) => void (grant = delivered))
  return grant
}

/** What a browser saw that came back twice: once with the name of another issuer. */
interface Visit {
  readonly issuer: string | null
  readonly forgedPage: string
  readonly page: string
}

describe('client credentials', () => {
  test('an app token', async () => {
    const { client, isAlive, received } = await startOidcServer(REDIRECT_URI)
    const grant = await client.issueAppToken(confidential)
    expect(grant).toMatchObject({ refreshToken: undefined, scopes: [] })
    const life = (grant.expiresAt?.getTime() ?? 0) - grant.obtainedAt.getTime()
    expect(life).toBe(600_000)
    expect(await isAlive(grant.accessToken)).toBe(true)
    expect(received).toEqual(['POST /oauth2/token 200'])
  })

  test.each([
    ['a wrong secret', { ...confidential, clientSecret: new Secret('wrong secret') }],
    ['an unknown application', { ...confidential, clientId: 'nobody' }],
  ])('with %s', async (_what, application) => {
    const { client } = await startOidcServer(REDIRECT_URI)
    await expect(client.issueAppToken(application)).rejects.toMatchObject({
      kind: 'denied',
      code: 'invalid_client',
      message: expect.stringMatching(/refused the request for an app token: .*client auth.* \(401\)\.$/),
    })
  })
})

describe('authorization code', () => {
  test('the code is exchanged, once; a second time ends what it became', async () => {
    const oidc = await startOidcServer(REDIRECT_URI)
    const callback = await consent(oidc, ['chat:read', 'chat:edit'])
    expect(callback.searchParams.get('state')).toBe('ours')
    const code = new Secret(callback.searchParams.get('code') ?? '')
    const grant = await oidc.client.exchangeCode(confidential, code, REDIRECT_URI)
    expect(grant.scopes).toEqual(['chat:read', 'chat:edit'])
    expect(await oidc.isAlive(grant.accessToken)).toBe(true)
    await expect(oidc.client.exchangeCode(confidential, code, REDIRECT_URI)).rejects.toMatchObject({
      kind: 'denied',
      code: 'invalid_grant',
    })
    expect(await oidc.isAlive(grant.accessToken)).toBe(false)
  })

  test('with another redirect URL', async () => {
    const oidc = await startOidcServer(REDIRECT_URI)
    const code = new Secret((await consent(oidc)).searchParams.get('code') ?? '')
    await expect(oidc.client.exchangeCode(confidential, code, `${REDIRECT_URI}/`)).rejects.toMatchObject({
      kind: 'denied',
      code: 'invalid_grant',
    })
  })

  test('the whole flow: its callback names its issuer, which has to be the server', async () => {
    const port = await freePort()
    const redirectUri = `http://localhost:${port}`
    const oidc = await startOidcServer(redirectUri)
    let visited: Promise<Visit> | undefined
    const grant = await run(oidc, authorizationCode, {
      request: { callback: { redirectHost: 'localhost', port, address: undefined } },
      context: {
        // The flow waits for the browser to open, not for what happens in it.
        openBrowser: async (url) => void (visited = visit(url)),
      },
    })
    async function visit(url: string): Promise<Visit> {
      const callback = new URL((await createPerson(redirectUri).agree(url)).url)
      const forged = new URL(callback)
      forged.searchParams.set('iss', 'https://id.twitch.tv/oauth2')
      return {
        issuer: callback.searchParams.get('iss'),
        forgedPage: await (await fetch(forged)).text(),
        page: await (await fetch(callback)).text(),
      }
    }
    expect(grant?.scopes).toEqual(['chat:read'])
    expect(await visited).toEqual({
      issuer: oidc.server.url,
      forgedPage: expect.stringContaining('The login there is still waiting.'),
      page: expect.stringContaining('Feel free to close this browser window.'),
    })
  })
})

describe('refresh token', () => {
  test('each is good for once, and what is renewed is renewed again', async () => {
    const oidc = await startOidcServer(REDIRECT_URI)
    const first = await logIn(oidc)
    const second = await oidc.client.refresh(confidential, refreshTokenOf(first))
    const third = await oidc.client.refresh(confidential, refreshTokenOf(second))
    const values = [first, second, third].map((grant) => refreshTokenOf(grant).reveal())
    expect(new Set(values).size).toBe(3)
    expect(third.scopes).toEqual(['chat:read'])
    expect(await oidc.isAlive(third.accessToken)).toBe(true)
  })

  test('a replay ends the whole family', async () => {
    const oidc = await startOidcServer(REDIRECT_URI)
    const first = await logIn(oidc)
    const second = await oidc.client.refresh(confidential, refreshTokenOf(first))
    for (const dead of [first, second]) {
      await expect(oidc.client.refresh(confidential, refreshTokenOf(dead))).rejects.toMatchObject({
        kind: 'denied',
        code: 'invalid_grant',
      })
    }
    expect(await oidc.isAlive(second.accessToken)).toBe(false)
  })

  test('of another application', async () => {
    const oidc = await startOidcServer(REDIRECT_URI)
    const refreshToken = refreshTokenOf(await logIn(oidc))
    await expect(oidc.client.refresh(open, refreshToken)).rejects.toMatchObject({ code: 'invalid_grant' })
  })
})

describe('device code', () => {
  test('waiting, agreed to in a browser, granted, used', async () => {
    const oidc = await startOidcServer(REDIRECT_URI)
    const { client } = oidc
    const login = await client.authorizeDevice(open.clientId, ['chat:read'])
    // It names no interval. RFC 8628 §3.2: five seconds.
    expect(login).toMatchObject({ intervalSeconds: 5, expiresInSeconds: 600 })
    expect(login.verificationUri).toBe(`${oidc.server.url}/activate`)
    const poll = async () => client.pollDeviceCode(open.clientId, login.deviceCode, ['chat:read'])
    expect(await poll()).toEqual({ kind: 'pending' })
    await createPerson().agree(`${login.verificationUri}?user_code=${login.userCode}`)
    const found = await poll()
    if (found.kind !== 'granted') throw new Error(`The poll found ${found.kind}`)
    expect(found.grant.scopes).toEqual(['chat:read'])
    expect(await oidc.isAlive(found.grant.accessToken)).toBe(true)
    const renewed = await client.refresh(open, refreshTokenOf(found.grant))
    expect(await oidc.isAlive(renewed.accessToken)).toBe(true)

    await expect(poll()).rejects.toMatchObject({ kind: 'denied', code: 'invalid_grant' })
    // A device code that comes twice ends what it became, as an authorization code does.
    expect(await oidc.isAlive(renewed.accessToken)).toBe(false)
  })

  test('refused in a browser', async () => {
    const { client } = await startOidcServer(REDIRECT_URI)
    const login = await client.authorizeDevice(open.clientId, ['chat:read'])
    await createPerson().refuse(`${login.verificationUri}?user_code=${login.userCode}`)
    expect(await client.pollDeviceCode(open.clientId, login.deviceCode, [])).toEqual({
      kind: 'denied',
      message: 'End-User aborted interaction',
    })
  })

  test('the whole flow', async () => {
    const oidc = await startOidcServer(REDIRECT_URI)
    const events: FlowEvent[] = []
    let polls = 0
    const grant = await run(oidc, deviceCode, {
      request: { application: open, openBrowser: false },
      context: {
        report: (event) => void events.push(event),
        clock: {
          ...systemClock,
          // Somebody comes to the browser before the third poll.
          async sleep() {
            const [begun] = events
            if (++polls !== 3 || begun?.type !== 'enter-code') return
            await createPerson().agree(`${begun.url}?user_code=${begun.userCode}`)
          },
        },
      },
    })
    expect(polls).toBe(3)
    expect(await oidc.isAlive(grant?.accessToken ?? new Secret(''))).toBe(true)
    expect(oidc.received.filter((line) => line.startsWith('POST /oauth2/token'))).toEqual([
      'POST /oauth2/token 400',
      'POST /oauth2/token 400',
      'POST /oauth2/token 200',
    ])
  })

  test('of an application that is not known', async () => {
    const { client } = await startOidcServer(REDIRECT_URI)
    await expect(client.authorizeDevice('nobody', [])).rejects.toMatchObject({
      kind: 'denied',
      code: 'invalid_client',
    })
  })
})

describe('revocation', () => {
  test('of a public application: the token is dead, and revoking it again is no error', async () => {
    const oidc = await startOidcServer(REDIRECT_URI)
    const { client } = oidc
    const login = await client.authorizeDevice(open.clientId, ['chat:read'])
    await createPerson().agree(`${login.verificationUri}?user_code=${login.userCode}`)
    const found = await client.pollDeviceCode(open.clientId, login.deviceCode, [])
    if (found.kind !== 'granted') throw new Error(`The poll found ${found.kind}`)
    const { accessToken } = found.grant
    expect(await client.revoke(open.clientId, accessToken)).toEqual({ kind: 'revoked' })
    expect(await oidc.isAlive(accessToken)).toBe(false)
    expect(await client.revoke(open.clientId, accessToken)).toEqual({ kind: 'revoked' })
  })

  test('of a confidential application is refused, since our client sends no secret: and the words are its own', async () => {
    const oidc = await startOidcServer(REDIRECT_URI)
    const { accessToken } = await oidc.client.issueAppToken(confidential)
    await expect(oidc.client.revoke(confidential.clientId, accessToken)).rejects.toMatchObject({
      kind: 'denied',
      code: 'invalid_client',
    })
    expect(await oidc.isAlive(accessToken)).toBe(true)
  })
})

test('the endpoint that it does not have is not taken for one that says yes, or no', async () => {
  const { client } = await startOidcServer(REDIRECT_URI)
  await expect(client.validate(new Secret('any'))).rejects.toMatchObject({
    kind: 'protocol',
    code: 'unreadable_answer',
  })
})
