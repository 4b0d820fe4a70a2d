// The login by device code: half an hour of it in milliseconds, with every wait accounted for.

import { describe, expect, test } from 'vitest'
import { Failure } from '../../src/domain/failure.ts'
import { deviceCode } from '../../src/flows/device-code.ts'
import type { HttpAnswer, HttpRequest } from '../../src/wire/http.ts'
import { type TestLogin, type TestLoginOptions, createTestLogin } from '../support/flow.ts'

const HALF_HOUR = 30 * 60 * 1000

function seconds(...waits: number[]): number[] {
  return waits.map((wait) => wait * 1000)
}

function times(count: number, wait: number): number[] {
  return Array.from({ length: count }, () => wait)
}

function refusal(status: number, message: string): HttpAnswer {
  return { status, headers: {}, body: JSON.stringify({ status, message }) }
}

/** As RFC 6749 §5.2 has it: the word in `error`. */
function standardRefusal(error: string): HttpAnswer {
  return { status: 400, headers: {}, body: JSON.stringify({ error, error_description: 'in other words' }) }
}

function isPoll({ body }: HttpRequest): boolean {
  return body.includes('grant_type=urn')
}

/** Answers the polls in turn; `undefined` lets the emulator answer. */
function polls(...answers: (HttpAnswer | Failure | undefined)[]): NonNullable<TestLoginOptions['http']> {
  return (request) => {
    if (!isPoll(request)) return undefined
    const answer = answers.shift()
    return answer instanceof Failure ? Promise.reject(answer) : answer && Promise.resolve(answer)
  }
}

function userCode({ events }: TestLogin): string {
  const event = events.find(({ type }) => type === 'enter-code')
  return event?.type === 'enter-code' ? event.userCode : ''
}

const noAnswer = new Failure('network', 'cut_off', 'The connection was cut off.')

describe('a device login', () => {
  test('approved after twenty minutes: a poll every five seconds, then the token', async () => {
    const login = createTestLogin()
    login.clock.at(20 * 60 * 1000 - 1, () => login.emulator.approveDevice(userCode(login)))
    await login.run(deviceCode)
    expect(login.clock.sleeps).toEqual(seconds(...times(240, 5)))
    expect(login.requests.filter(isPoll)).toHaveLength(240)
    expect(login.delivered[0]?.scopes).toEqual(['chat:read'])
  })

  test('approved at the last moment: the poll at expiry finds it', async () => {
    // The emulator's code expires at that very moment too, so the last answer is given outright.
    const granted = {
      status: 200,
      headers: {},
      body: '{"access_token":"x","token_type":"bearer","expires_in":60}',
    }
    const login = createTestLogin({ http: polls(...times(359, 0).map(() => undefined), granted) })
    await login.run(deviceCode)
    expect(login.clock.sleeps).toEqual(seconds(...times(360, 5)))
    expect(login.delivered).toHaveLength(1)
  })

  test('never approved: expired after exactly half an hour, with one last poll', async () => {
    const login = createTestLogin()
    await expect(login.run(deviceCode)).rejects.toMatchObject({
      kind: 'expired',
      code: 'device_code_expired',
    })
    expect(login.clock.sleeps).toEqual(seconds(...times(360, 5)))
    expect(login.requests.filter(isPoll)).toHaveLength(360)
    expect(login.clock.monotonic()).toBe(HALF_HOUR)
  })

  test('a code whose life is no multiple of the interval: the last wait is cut to fit', async () => {
    const body = JSON.stringify({
      device_code: 'x',
      user_code: 'BCDFGHJK',
      verification_uri: 'https://www.twitch.tv/activate',
      expires_in: 12,
      interval: 5,
    })
    const login = createTestLogin({
      http: (request) =>
        Promise.resolve(
          isPoll(request) ? refusal(400, 'authorization_pending') : { status: 200, headers: {}, body },
        ),
    })
    await expect(login.run(deviceCode)).rejects.toMatchObject({ code: 'device_code_expired' })
    expect(login.clock.sleeps).toEqual(seconds(5, 5, 2))
  })

  test('denied: ends at once', async () => {
    const login = createTestLogin({ http: polls(undefined, undefined, refusal(400, 'access_denied')) })
    await expect(login.run(deviceCode)).rejects.toMatchObject({ kind: 'denied', code: 'access_denied' })
    expect(login.clock.sleeps).toEqual(seconds(5, 5, 5))
  })

  test('slowed down: five seconds more each time, for good', async () => {
    const slow = refusal(400, 'slow_down')
    const login = createTestLogin({ http: polls(undefined, slow, undefined, slow, undefined, undefined) })
    login.clock.at(60_000, () => login.emulator.approveDevice(userCode(login)))
    await login.run(deviceCode)
    expect(login.clock.sleeps).toEqual(seconds(5, 5, 10, 10, 15, 15))
  })

  test('pending and slowed down, as the standard has it', async () => {
    const pending = standardRefusal('authorization_pending')
    const login = createTestLogin({ http: polls(pending, standardRefusal('slow_down'), pending) })
    login.clock.at(20_000, () => login.emulator.approveDevice(userCode(login)))
    await login.run(deviceCode)
    expect(login.clock.sleeps).toEqual(seconds(5, 5, 10, 10))
  })

  test('the network gone for a while: the wait doubles up to a minute, then goes back', async () => {
    const login = createTestLogin({
      http: polls(undefined, noAnswer, noAnswer, noAnswer, noAnswer, noAnswer, undefined, undefined),
    })
    login.clock.at(4 * 60_000, () => login.emulator.approveDevice(userCode(login)))
    await login.run(deviceCode)
    expect(login.clock.sleeps.slice(0, 9)).toEqual(seconds(5, 5, 10, 20, 40, 60, 60, 5, 5))
    expect(login.events.filter(({ type }) => type === 'poll-failed')).toEqual(
      [10, 20, 40, 60, 60].map((waitSeconds) => ({
        type: 'poll-failed',
        reason: noAnswer.message,
        waitSeconds,
      })),
    )
    expect(login.delivered).toHaveLength(1)
  })

  test.each([
    ['503 with a web page', { status: 503, headers: {}, body: '<html>' }],
    ['500 with JSON', refusal(500, 'oops')],
    ['429', { status: 429, headers: {}, body: '' }],
  ])('%s is worth another try', async (_what, answer) => {
    const login = createTestLogin({ http: polls(answer, undefined, undefined) })
    login.clock.at(12_000, () => login.emulator.approveDevice(userCode(login)))
    await login.run(deviceCode)
    expect(login.clock.sleeps).toEqual(seconds(5, 10))
  })

  test.each([
    ['an unknown refusal', refusal(400, 'something new'), { kind: 'denied', code: 'something_new' }],
    ['a refused client', refusal(400, 'invalid client'), { kind: 'denied', code: 'invalid_client' }],
    [
      'a code that is not known',
      refusal(400, 'invalid device code'),
      {
        kind: 'expired',
        code: 'device_code_expired',
        message: expect.stringContaining('invalid device code'),
      },
    ],
    ['an expired code, in the words of the standard', refusal(400, 'expired_token'), { kind: 'expired' }],
    ['an expired code, as the standard has it', standardRefusal('expired_token'), { kind: 'expired' }],
    ['a refusal, as the standard has it', standardRefusal('access_denied'), { kind: 'denied' }],
    [
      'an unknown refusal, as the standard has it',
      standardRefusal('something_new'),
      {
        kind: 'denied',
        code: 'something_new',
        message: 'Twitch refused the device code: in other words (400).',
      },
    ],
    ['a web page', { status: 200, headers: {}, body: '<html>' }, { kind: 'protocol' }],
    ['half a token', { status: 200, headers: {}, body: '{"access_token":"x"' }, { kind: 'protocol' }],
    [
      'a redirect',
      { status: 307, headers: { location: 'https://evil.example/' }, body: '' },
      { kind: 'protocol', code: 'redirected' },
    ],
  ])('%s ends it', async (_what, answer, failure) => {
    const login = createTestLogin({ http: polls(undefined, answer) })
    await expect(login.run(deviceCode)).rejects.toMatchObject(failure)
    expect(login.clock.sleeps).toEqual(seconds(5, 5))
    expect(login.delivered).toEqual([])
  })

  test.each([
    ['forward', 60 * 60 * 1000],
    ['back', -60 * 60 * 1000],
  ])('the clock set %s by an hour: the waits stay the same, and the login succeeds', async (_way, by) => {
    // The answers of the polls are given outright: the server's clock is not the one that was set.
    const answers = [
      ...times(120, 0).map(() => refusal(400, 'authorization_pending')),
      { status: 200, headers: {}, body: '{"access_token":"x","token_type":"bearer","expires_in":60}' },
    ]
    const login = createTestLogin({ http: polls(...answers) })
    login.clock.at(60_000, () => login.clock.setBy(by))
    await login.run(deviceCode)
    expect(login.clock.sleeps).toEqual(seconds(...times(121, 5)))
  })

  test('interrupted: ends at once', async () => {
    const login = createTestLogin()
    const reason = new Failure('interrupted', 'sigint', 'Interrupted.')
    login.clock.at(12_000, () => login.controller.abort(reason))
    await expect(login.run(deviceCode)).rejects.toBe(reason)
    expect(login.clock.sleeps).toEqual(seconds(5, 5, 5))
  })

  test('of a confidential application sends no secret, and of any the scopes as the documentation wants', async () => {
    const login = createTestLogin()
    login.clock.at(7_000, () => login.emulator.approveDevice(userCode(login)))
    await login.run(deviceCode, { scopes: ['chat:read', 'chat:edit'] })
    const forms = login.requests.map(({ body }) => Object.fromEntries(new URLSearchParams(body)))
    expect(forms[0]).toEqual({ client_id: 'mockconfidentialclient00000001', scopes: 'chat:read chat:edit' })
    expect(Object.keys(forms[1] ?? {}).toSorted()).toEqual([
      'client_id',
      'device_code',
      'grant_type',
      'scopes',
    ])
    expect(JSON.stringify(login.events)).not.toContain(forms[1]?.['device_code'])
  })

  test('opens the browser when it is to, and goes on when it can not', async () => {
    for (const openBrowser of [undefined, async () => Promise.reject(new Error('no browser'))]) {
      const login = createTestLogin(openBrowser === undefined ? {} : { openBrowser })
      login.clock.at(3_000, () => login.emulator.approveDevice(userCode(login)))
      await login.run(deviceCode, { openBrowser: true })
      expect(login.opened).toEqual(
        openBrowser === undefined ? [expect.stringContaining('/activate?device-code=')] : [],
      )
    }
  })
})

describe('the address that the server sends', () => {
  function starting(verification_uri: unknown): TestLogin {
    const body = JSON.stringify({
      device_code: 'x',
      user_code: 'BCDFGHJK',
      expires_in: 1800,
      interval: 5,
      verification_uri,
    })
    return createTestLogin({ http: () => Promise.resolve({ status: 200, headers: {}, body }) })
  }

  test.each([
    'http://www.twitch.tv/activate?device-code=X',
    'https://twitch.tv.evil.example/activate',
    'https://eviltwitch.tv/activate',
    'https://www.twitch.tv@evil.example/',
    'https://user:pass@www.twitch.tv/',
    'javascript:alert(1)//www.twitch.tv',
    'file:///etc/passwd',
    'https://evil.example/?https://www.twitch.tv/',
    'http://localhost:1234/activate',
    'nonsense',
  ])('%s is neither shown nor opened', async (uri) => {
    const login = starting(uri)
    await expect(login.run(deviceCode, { openBrowser: true })).rejects.toMatchObject({
      kind: 'protocol',
      code: 'untrusted_address',
    })
    expect(login.events).toEqual([])
    expect(login.opened).toEqual([])
  })

  test.each([
    'https://www.twitch.tv/activate?device-code=X',
    'https://twitch.tv/activate',
    'https://id.twitch.tv/activate',
  ])('%s is Twitch’s', async (uri) => {
    const login = starting(uri)
    await expect(login.run(deviceCode)).rejects.toMatchObject({ kind: 'protocol', code: 'unreadable_answer' })
    expect(login.events[0]).toMatchObject({ type: 'enter-code', url: uri })
  })

  test.each([
    [0, 1],
    [-1, 1],
    ['5', 5],
    [1e9, 60],
    [undefined, 5],
    ['soon', 5],
    [2.5, 3],
  ])('an interval of %j is taken as %d seconds', async (interval, expected) => {
    const body = JSON.stringify({
      device_code: 'x',
      user_code: 'X',
      expires_in: 1,
      interval,
      verification_uri: 'https://www.twitch.tv/activate',
    })
    const login = createTestLogin({
      http: (request) =>
        Promise.resolve(
          isPoll(request) ? refusal(400, 'authorization_pending') : { status: 200, headers: {}, body },
        ),
    })
    await expect(login.run(deviceCode)).rejects.toMatchObject({ kind: 'expired' })
    expect(login.events[0]).toMatchObject({ intervalSeconds: expected })
  })
})
