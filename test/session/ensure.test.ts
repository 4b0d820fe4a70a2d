// A token that works, whatever has happened to the stored one.

import { describe, expect, test } from 'vitest'
import { Failure } from '../../src/domain/failure.ts'
import { Secret } from '../../src/domain/secret.ts'
import { createFileStore } from '../../src/store/file-store.ts'
import type { HttpAnswer } from '../../src/wire/http.ts'
import { applications, createTestSession } from '../support/session.ts'
import { createMemoryFiles } from '../support/world.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

const busy: HttpAnswer = { status: 503, headers: {}, body: '' }
const cutOff = async (): Promise<never> =>
  Promise.reject(new Failure('network', 'cut_off', 'The connection was cut off.'))

/** How a promise was rejected. */
async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const outcome: unknown = await promise.catch((error: unknown) => error)
  if (outcome instanceof Failure) return outcome
  throw new Error('It did not fail')
}

describe('a token that lasts long enough', () => {
  test('comes from disk: nothing is sent, and nothing written', async () => {
    const { session, requests, logIn, store } = await createTestSession()
    const [accessToken] = await logIn()
    store.update = async () => Promise.reject(new Error('nothing is to be written'))
    const token = await session.accessToken()
    expect(token.accessToken.reveal()).toBe(accessToken)
    expect(token).toMatchObject({ kind: 'user', scopes: ['chat:read'], notice: undefined })
    expect(token.user?.login).not.toBe('')
    expect(requests).toEqual([])
  })

  test('is asked about first when that is wanted', async () => {
    const { session, requests, logIn } = await createTestSession()
    const [accessToken] = await logIn()
    expect((await session.accessToken({ validate: true })).accessToken.reveal()).toBe(accessToken)
    expect(requests).toEqual(['/validate'])
  })

  test('is renewed if the server does not know it any more', async () => {
    const { session, requests, logIn, emulator } = await createTestSession()
    const [accessToken] = await logIn()
    await emulator.handle({
      method: 'POST',
      url: 'https://id.twitch.tv/oauth2/revoke',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `client_id=${applications.confidential.clientId}&token=${accessToken}`,
    })
    const token = await session.accessToken({ validate: true })
    expect(token.accessToken.reveal()).not.toBe(accessToken)
    expect(requests).toEqual(['/validate', '/token'])
  })
})

describe('a token that does not', () => {
  test('is renewed, and the new one is stored before it is handed out', async () => {
    const { session, requests, logIn, clock, stored } = await createTestSession()
    const [old] = await logIn()
    clock.advance(5 * HOUR)
    const token = await session.accessToken()
    expect(token.accessToken.reveal()).not.toBe(old)
    expect((await stored()).user?.access?.accessToken.equals(token.accessToken)).toBe(true)
    expect((await session.accessToken()).accessToken.equals(token.accessToken)).toBe(true)
    expect(requests).toEqual(['/token'])
  })

  test('is renewed early when it has to last', async () => {
    const { session, requests, logIn } = await createTestSession()
    await logIn()
    await session.accessToken({ minValid: HOUR })
    expect(requests).toEqual([])
    await session.accessToken({ minValid: 5 * HOUR })
    expect(requests).toEqual(['/token'])
  })

  test('of an application is issued anew, by the same path', async () => {
    const { session, requests, clock, stored } = await createTestSession()
    const first = await session.accessToken()
    expect(first).toMatchObject({ kind: 'app', scopes: [], user: undefined })
    expect((await session.accessToken()).accessToken.equals(first.accessToken)).toBe(true)
    clock.advance(65 * DAY)
    const second = await session.accessToken()
    expect(second.accessToken.equals(first.accessToken)).toBe(false)
    expect((await stored()).app?.accessToken.equals(second.accessToken)).toBe(true)
    expect(requests).toEqual(['/token', '/token'])
  })

  test('is renewed once for all who ask at the same time, in this process and in others', async () => {
    const { another, requests, logIn, clock } = await createTestSession({ application: applications.public })
    await logIn()
    clock.advance(5 * HOUR)
    const sessions = Array.from({ length: 10 }, () => another())
    const tokens = await Promise.all(
      sessions.flatMap((session) => Array.from({ length: 10 }, async () => session.accessToken())),
    )
    expect(new Set(tokens.map(({ accessToken }) => accessToken.reveal())).size).toBe(1)
    expect(requests).toEqual(['/token'])
  })

  test('is told as expired where there is nothing to renew it with', async () => {
    const { session, logIn, clock, store } = await createTestSession({ application: applications.public })
    await logIn(['chat:read', 'chat:edit'])
    await store.update('default', async (kept) => ({
      ...kept,
      user: kept.user && { ...kept.user, refreshToken: undefined },
    }))
    clock.advance(5 * HOUR)
    expect(await failureOf(session.accessToken())).toMatchObject({
      kind: 'expired',
      code: 'login_required',
      hint: 'Log in: twitch token -u --dcf -s "chat:edit chat:read"',
    })
  })

  test('of a public application without any is asked for, and not an app token', async () => {
    const { session, requests } = await createTestSession({ application: applications.public })
    expect(await failureOf(session.accessToken())).toMatchObject({ kind: 'expired', code: 'login_required' })
    expect(requests).toEqual([])
  })
})

describe('a clock that is wrong', () => {
  test('by a day forward: the token is renewed, and works', async () => {
    const { session, clock, logIn, requests } = await createTestSession()
    await logIn()
    clock.setBy(DAY)
    await session.accessToken()
    expect(requests).toEqual(['/token'])
  })

  test('by a day back: the server is asked rather than the clock believed', async () => {
    const { session, clock, logIn, requests } = await createTestSession()
    const [accessToken] = await logIn()
    clock.setBy(-DAY)
    expect((await session.accessToken()).accessToken.reveal()).toBe(accessToken)
    expect(requests).toEqual(['/validate'])
  })

  test('back, and the token dead: it is renewed', async () => {
    const { session, clock, logIn, requests, store } = await createTestSession()
    const [accessToken] = await logIn()
    await store.update('default', async (kept) => ({
      ...kept,
      user: kept.user?.access && {
        ...kept.user,
        access: { ...kept.user.access, accessToken: new Secret('nobodyknowsthistokenanymore') },
      },
    }))
    clock.setBy(-DAY)
    expect((await session.accessToken()).accessToken.reveal()).not.toBe(accessToken)
    expect(requests).toEqual(['/validate', '/token'])
  })

  test('back, and no network: the token is handed out, since nothing says that it is dead', async () => {
    const { session, clock, logIn } = await createTestSession({ http: cutOff })
    const [accessToken] = await logIn()
    clock.setBy(-DAY)
    expect((await session.accessToken()).accessToken.reveal()).toBe(accessToken)
  })
})

describe('a server that does not answer', () => {
  test('does not keep from a token that still works, and it is said why it was not renewed', async () => {
    const { session, logIn, clock, stored } = await createTestSession({ http: cutOff })
    const [accessToken] = await logIn()
    // How long a token lasts is chance, as with Twitch.
    const end = (await stored()).user?.access?.expiresAt?.getTime() ?? 0
    clock.advance(end - clock.now().getTime() - 10 * 60_000)
    const token = await session.accessToken()
    expect(token.accessToken.reveal()).toBe(accessToken)
    expect(token.notice).toBe('The connection was cut off.')
    expect(await failureOf(session.accessToken({ minValid: HOUR }))).toMatchObject({ kind: 'network' })
  })

  test('costs nothing: the next run renews', async () => {
    let down = true
    const { session, logIn, clock, requests } = await createTestSession({
      http: (_request, emulator) => (down ? cutOff() : emulator.handle(_request)),
    })
    await logIn()
    clock.advance(5 * HOUR)
    expect(await failureOf(session.accessToken())).toMatchObject({ kind: 'network', code: 'cut_off' })
    down = false
    clock.advance(1)
    expect((await session.accessToken()).kind).toBe('user')
    expect(requests).toEqual(['/token', '/token', '/token'])
  })

  test('is asked once more for a confidential application, and not for a public one', async () => {
    for (const [type, attempts] of [
      ['confidential', 2],
      ['public', 1],
    ] as const) {
      const { session, logIn, clock, requests } = await createTestSession({
        application: applications[type],
        http: async () => busy,
      })
      await logIn()
      clock.advance(5 * HOUR)
      expect(await failureOf(session.accessToken())).toMatchObject({ code: 'server_unavailable' })
      expect(requests).toHaveLength(attempts)
    }
  })

  test('is not asked by each of those who waited, and is left alone for a while', async () => {
    const { another, logIn, clock, requests } = await createTestSession({
      application: applications.public,
      http: async () => {
        clock.advance(10)
        return busy
      },
    })
    await logIn()
    clock.advance(5 * HOUR)
    const sessions = Array.from({ length: 50 }, () => another())
    const failures = await Promise.all(sessions.map(async (session) => failureOf(session.accessToken())))
    expect(new Set(failures.map(({ code }) => code))).toEqual(new Set(['server_unavailable']))
    expect(requests).toHaveLength(1)
    clock.advance(12_000)
    expect((await failureOf(another().accessToken())).message).toMatch(
      /could not answer.* That was 12 s ago\.$/,
    )
    expect(requests).toHaveLength(1)
    clock.advance(20_000)
    await failureOf(another().accessToken())
    expect(requests).toHaveLength(2)
  })

  test('gets three refreshes a minute at the most, however many ask', async () => {
    const { another, logIn, clock, requests } = await createTestSession({ http: async () => busy })
    await logIn()
    clock.advance(5 * HOUR)
    for (let second = 0; second < 60; second++) {
      await Promise.all([1, 2, 3].map(async () => failureOf(another().accessToken())))
      clock.advance(1000)
    }
    expect(requests.length).toBeLessThanOrEqual(3)
  })
})

describe('a refresh token that the server does not know', () => {
  test('ends in the command that logs in, and what is stored stays', async () => {
    const { session, logIn, clock, emulator, stored } = await createTestSession()
    const [, refreshToken] = await logIn()
    clock.advance(5 * HOUR)
    emulator.script.next('/token', { status: 400, body: { status: 400, message: 'Invalid refresh token' } })
    expect(await failureOf(session.accessToken())).toMatchObject({
      kind: 'expired',
      code: 'login_required',
      hint: 'Log in: twitch token -u -s "chat:read"',
    })
    expect((await stored()).user?.refreshToken?.reveal()).toBe(refreshToken)
  })

  test('is understood in the words of RFC 6749', async () => {
    const { session, logIn, clock, emulator } = await createTestSession()
    await logIn()
    clock.advance(5 * HOUR)
    const body = { error: 'invalid_grant', error_description: 'grant request is invalid' }
    emulator.script.next('/token', { status: 400, body })
    expect(await failureOf(session.accessToken())).toMatchObject({ kind: 'expired', code: 'login_required' })
  })

  test.each(['400', '401'] as const)('is understood with the status %s', async (deadRefreshToken) => {
    const { session, logIn, clock, store } = await createTestSession({
      emulator: { dialect: { deadRefreshToken } },
    })
    await logIn()
    await store.update('default', async (kept) => ({
      ...kept,
      user: kept.user && { ...kept.user, refreshToken: new Secret('dead'.repeat(12)) },
    }))
    clock.advance(5 * HOUR)
    expect(await failureOf(session.accessToken())).toMatchObject({ code: 'login_required' })
  })

  test('is read anew before that is believed: the official CLI may have put another one there', async () => {
    const contents = new Map<string, string>()
    const PATH = '/home/.twitch-cli.env'
    const { session, logIn, clock, emulator, requests } = await createTestSession({
      application: applications.public,
      store: (fakeClock) =>
        createFileStore({
          files: createMemoryFiles(contents),
          clock: fakeClock,
          path: PATH,
          lookup: () => undefined,
        }),
      http: async (request) => {
        if (requests.length === 1) {
          // While our refresh is on its way, the official CLI, which takes no lock, has done its own.
          const user = emulator.users[0]
          const issued = emulator.issueUserToken(applications.public.clientId, user?.id ?? '', ['chat:read'])
          const text = (contents.get(PATH) ?? '')
            .replace(/^ACCESSTOKEN=.*$/m, `ACCESSTOKEN=${issued.accessToken}`)
            .replace(/^REFRESHTOKEN=.*$/m, `REFRESHTOKEN=${issued.refreshToken}`)
          contents.set(PATH, text)
          return {
            status: 400,
            headers: { 'content-type': 'application/json' },
            body: '{"status":400,"message":"Invalid refresh token"}',
          }
        }
        return emulator.handle(request)
      },
    })
    await logIn()
    clock.advance(5 * HOUR)
    const token = await session.accessToken()
    expect(requests).toEqual(['/token', '/token'])
    expect(contents.get(PATH)).toContain(`ACCESSTOKEN=${token.accessToken.reveal()}`)
  })

  test('was spent by a run that was killed: that is said, with the time of it', async () => {
    const { session, another, logIn, clock, emulator } = await createTestSession({
      application: applications.public,
      emulator: { dialect: { refreshTokens: 'one-time' } },
      http: async (request) => {
        const answer = await emulator.handle(request)
        // As if the run had ended here: the server has taken the refresh token, and nobody gets to know.
        if (answer.status === 200) throw new Error('killed')
        return answer
      },
    })
    await logIn(['chat:read', 'chat:edit'])
    clock.advance(5 * HOUR)
    await expect(session.accessToken()).rejects.toThrow('killed')
    clock.advance(60_000)
    expect(await failureOf(another().accessToken())).toMatchObject({
      kind: 'expired',
      message:
        'The refresh token was spent at 2026-11-23 17:00:00 UTC by a run that ended before it could store what came. Twitch refused the refresh: Invalid refresh token (400).',
      hint: 'Log in: twitch token -u --dcf -s "chat:edit chat:read"',
    })
  })
})

describe('the scopes that a token has to have', () => {
  test('are there', async () => {
    const { session, logIn } = await createTestSession()
    await logIn(['chat:read', 'chat:edit'])
    expect((await session.accessToken({ scopes: ['chat:edit'] })).kind).toBe('user')
  })

  test('are not, and the command asks for all of them together', async () => {
    const { session, logIn } = await createTestSession()
    await logIn(['chat:read'])
    expect(await failureOf(session.accessToken({ scopes: ['user:bot', 'chat:read'] }))).toMatchObject({
      kind: 'denied',
      code: 'scope_missing',
      message: 'The user token does not have user:bot.',
      hint: 'Log in with it: twitch token -u -s "chat:read user:bot"',
    })
  })
})

describe('credentials of another application', () => {
  const given = { flag: {}, environment: { clientId: 'other', clientSecret: new Secret('secret') } }

  test('get a token of their own, which is not stored', async () => {
    const { another, logIn, emulator, stored } = await createTestSession()
    emulator.addApplication({
      clientId: 'other',
      clientSecret: 'secret',
      name: 'Other',
      redirectUris: ['http://localhost:3000'],
    })
    const [accessToken] = await logIn()
    const token = await another({ given }).accessToken()
    expect(token).toMatchObject({ kind: 'app', clientId: 'other' })
    expect((await stored()).app).toBeUndefined()
    expect((await stored()).user?.access?.accessToken.reveal()).toBe(accessToken)
  })

  test('have no user token', async () => {
    const { another, logIn, requests } = await createTestSession()
    await logIn()
    expect(await failureOf(another({ given }).accessToken({ kind: 'user' }))).toMatchObject({
      code: 'login_required',
    })
    expect(requests).toEqual([])
  })
})

test('a signal that came while the refresh token was being spent is heard once the new one is stored', async () => {
  const interrupted = new Failure('interrupted', 'sigint', 'Interrupted (SIGINT).')
  const told: string[] = []
  const { session, logIn, clock, stored } = await createTestSession({
    session: {
      shield: () => ({
        raise: () => void told.push('raised'),
        lower() {
          told.push('lowered')
          throw interrupted
        },
      }),
    },
    http: async (request, emulator) => {
      told.push('sent')
      return emulator.handle(request)
    },
  })
  const [old] = await logIn()
  clock.advance(5 * HOUR)
  expect(await failureOf(session.accessToken())).toBe(interrupted)
  expect(told).toEqual(['raised', 'sent', 'lowered'])
  expect((await stored()).user?.access?.accessToken.reveal()).not.toBe(old)
})
