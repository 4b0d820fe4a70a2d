// A hundred thousand hostile answers to everything that is asked of a server: a failure or a result, and nothing stored that is not a token.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type IdentityClient, createIdentityClient } from '../../src/client/identity-client.ts'
import type { ConfidentialApplication } from '../../src/domain/application.ts'
import { Failure } from '../../src/domain/failure.ts'
import { twitch } from '../../src/domain/identity-server.ts'
import { emptyProfile } from '../../src/domain/profile.ts'
import { Secret } from '../../src/domain/secret.ts'
import type { LoginContext, UserLoginRequest } from '../../src/session/login.ts'
import { type Session, createSession } from '../../src/session/session.ts'
import { createMemoryStore } from '../../src/store/memory-store.ts'
import type { HttpAnswer } from '../../src/wire/http.ts'
import { amount, recordFigure } from '../support/figures.ts'
import { laidOpen } from '../support/laid-open.ts'
import { type FakeClock, START, createFakeClock } from '../support/world.ts'
import { hostileAnswers } from './answers.ts'

const CANARIES = {
  secret: 'canarysecretcanarysecretcanary',
  access: 'canaryaccesscanaryaccesscanary',
  app: 'canaryappcanaryappcanaryapp123',
  refresh: 'canaryrefreshcanaryrefreshcanaryrefreshcanary12345',
  code: 'canarycodecanarycodecanarycode',
  device: 'canarydevicecanarydevicecanary',
}
const application: ConfidentialApplication = {
  type: 'confidential',
  clientId: 'abc',
  clientSecret: new Secret(CANARIES.secret),
}
const TYPED = 'typedrefreshtoken'
const access = new Secret(CANARIES.access)
const refreshToken = new Secret(CANARIES.refresh)
const device = new Secret(CANARIES.device)
const code = new Secret(CANARIES.code)

/** Everything that a client can be asked for, and the credentials that it sends then. */
const requests: readonly {
  readonly ask: (client: IdentityClient) => Promise<unknown>
  readonly sent: readonly string[]
}[] = [
  { ask: async (client) => client.issueAppToken(application), sent: [CANARIES.secret] },
  {
    ask: async (client) => client.refresh(application, refreshToken),
    sent: [CANARIES.refresh, CANARIES.secret],
  },
  {
    ask: async (client) => client.exchangeCode(application, code, 'http://localhost:3000'),
    sent: [CANARIES.code, CANARIES.secret],
  },
  { ask: async (client) => client.authorizeDevice('abc', ['chat:read']), sent: [] },
  { ask: async (client) => client.pollDeviceCode('abc', device, []), sent: [CANARIES.device] },
  { ask: async (client) => client.validate(access), sent: [CANARIES.access] },
  { ask: async (client) => client.revoke('abc', access), sent: [CANARIES.access] },
]

/** In milliseconds; unlike anything else that is slept for. */
const PATIENCE = 59_999.5

const request: UserLoginRequest = {
  flow: 'device-code',
  expectedLogin: undefined,
  scopes: ['chat:read'],
  forceVerify: false,
  openBrowser: false,
  acceptPaste: true,
  callback: { redirectHost: 'localhost', port: 3000, address: undefined },
  timeoutMilliseconds: PATIENCE,
}

/** Everything that a session can be asked for, with what stores tokens first. */
const calls: readonly ((session: Session, world: LoginContext) => Promise<unknown>)[] = [
  async (session) => session.loginApp(),
  async (session) => session.refresh(refreshToken),
  async (session) => session.refresh(new Secret(TYPED)),
  async (session) => session.accessToken({ kind: 'user' }),
  async (session) => session.accessToken({ kind: 'app' }),
  async (session) => session.accessToken({ validate: true }),
  async (session, world) => session.loginUser(world, request),
  async (session, world) => session.loginUser(world, { ...request, flow: 'authorization-code' }),
  async (session) => session.validate(access),
  async (session) => session.revoke(access),
  async (session) => session.status(true),
  async (session) => session.logout({ local: false, forget: false }),
  async (session) => session.configure(application, true),
]

/** The answers in turn, and after the last one a refusal that ends whatever is under way. */
function answering(answers: readonly HttpAnswer[]): () => Promise<HttpAnswer> {
  const left = [...answers]
  return async () =>
    left.shift() ?? { status: 400, headers: {}, body: '{"status":400,"message":"invalid device code"}' }
}

function clientOf(clock: FakeClock, answers: readonly HttpAnswer[]): IdentityClient {
  return createIdentityClient({ server: twitch, http: answering(answers), clock, userAgent: 'test' })
}

/** What comes of it: a result, or a failure that can be shown to anybody. Anything else fails the test. */
async function outcome(work: Promise<unknown>, sent: readonly string[] = []): Promise<Failure | undefined> {
  try {
    await work
    return undefined
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const said = [error.message, error.code, error.hint ?? ''].join(' ')
    expect(said).toMatch(/^[^\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e]{1,2000}$/)
    for (const secret of sent) expect(said.toLowerCase()).not.toContain(secret)
    return error
  }
}

/** The tokens in a profile, however deep. */
function tokensIn(profile: unknown): readonly string[] {
  if (profile instanceof Secret) return [profile.reveal()]
  if (typeof profile !== 'object' || profile === null) return []
  return Object.values(profile).flatMap(tokensIn)
}

/** The texts in a value, however deep. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** What these answers give, by a reading that shares nothing with ours. */
function given(answers: readonly HttpAnswer[]): readonly unknown[] {
  return answers.flatMap(({ status, body }) => {
    if (status < 200 || status > 299) return []
    try {
      const {
        access_token: one,
        refresh_token: other,
        token_type: type,
      } = Object(JSON.parse(body.replace(/^\uFEFF/, ''))) as Record<string, unknown>
      if (typeof type !== 'string' || type.toLowerCase() !== 'bearer') return []
      return [one, other].filter((token) => typeof token === 'string' && /^[!-~]{1,32768}$/.test(token))
    } catch {
      return []
    }
  })
}

/**
 * Runs the property in portions, with the garbage (of which fast-check makes most) taken out after each.
 *
 * @returns by how many MiB the process has grown
 */
async function repeat<T>(property: fc.IAsyncProperty<T>, times: number): Promise<number> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const held = (): number => {
    collect()
    return process.memoryUsage.rss() / 1024 / 1024
  }
  await fc.assert(property, { numRuns: PORTION })
  const before = held()
  let most = before
  for (let done = 0; done < times; done += PORTION) {
    await fc.assert(property, { numRuns: PORTION })
    most = Math.max(most, held())
  }
  return most - before
}

const answers = hostileAnswers(Object.values(CANARIES))
const PORTION = 1_000
const LARGEST_GROWTH = 64
const COMMAND = 'npm run torture -- test/hostile/answers.deep.test.ts'

describe('a hostile answer', () => {
  test('to a request is a result or a failure, and takes no memory', { timeout: 900_000 }, async () => {
    const clock = createFakeClock()
    const tally = { results: 0, failures: new Set<string>() }
    const property = fc.asyncProperty(
      fc.constantFrom(...requests),
      answers,
      async ({ ask, sent }, answer) => {
        const failure = await outcome(ask(clientOf(clock, [answer])), sent)
        if (failure === undefined) tally.results++
        else tally.failures.add(failure.code)
      },
    )
    const grown = await repeat(property, amount(100_000, 10_000))
    expect(grown).toBeLessThan(LARGEST_GROWTH)
    // Not everything failed, nor for one reason.
    expect(tally.results).toBeGreaterThan(amount(1_000, 100))
    expect(tally.failures.size).toBeGreaterThan(20)
    recordFigure({
      area: 'hostile',
      what: 'random and mutated answers to every request',
      tried: amount(100_000, 10_000),
      failed: 0,
      figure: `${tally.results} read, the rest refused with ${tally.failures.size} different codes; memory grew by ${grown.toFixed(1)} MiB`,
      command: COMMAND,
    })
  })

  test('to a session stores a valid token or nothing', { timeout: 900_000 }, async () => {
    const tally = { kept: 0, left: 0 }
    const series = fc.array(answers, { minLength: 1, maxLength: 4 })
    const property = fc.asyncProperty(fc.constantFrom(...calls), series, async (call, given_) => {
      const { before, after } = await inSession(call, given_)
      // A refresh token that was typed goes on when the answer brings no new one.
      const known = new Set([...tokensIn(before), TYPED])
      const fresh = tokensIn(after).filter((token) => !known.has(token))
      for (const token of fresh) expect(given(given_)).toContain(token)
      for (const text of textsIn(laidOpen(after))) expect(text).toMatch(/^[^\u0000-\u001f\u007f-\u009f]*$/)
      if (fresh.length > 0) tally.kept++
      else tally.left++
    })
    const grown = await repeat(property, amount(100_000, 10_000))
    expect(grown).toBeLessThan(LARGEST_GROWTH)
    expect(tally.kept).toBeGreaterThan(amount(500, 50))
    expect(tally.left).toBeGreaterThan(amount(1_000, 100))
    recordFigure({
      area: 'hostile',
      what: 'series of such answers to everything that a session does',
      tried: amount(100_000, 10_000),
      failed: 0,
      figure: `${tally.kept} brought a valid token, which was stored; ${tally.left} left the store without a new one; memory grew by ${grown.toFixed(1)} MiB`,
      command: COMMAND,
    })
  })
})

async function inSession(
  call: (typeof calls)[number],
  series: readonly HttpAnswer[],
): Promise<{ before: unknown; after: unknown }> {
  const clock = createFakeClock()
  const store = createMemoryStore(clock)
  const expiresAt = START
  const before = await store.update('default', async () => ({
    ...emptyProfile,
    application,
    user: {
      access: { accessToken: access, expiresAt, obtainedAt: START },
      refreshToken,
      scopes: ['chat:read'],
      user: { id: '1', login: 'someone' },
    },
    app: { accessToken: new Secret(CANARIES.app), expiresAt, obtainedAt: START },
  }))
  const connect = async (): Promise<IdentityClient> => clientOf(clock, series)
  const random = { bytes: (count: number) => new Uint8Array(count) }
  const session = createSession({ store, clock, random, connect })
  await outcome(call(session, loginWorld(clock)))
  const after = await store.read('default')
  return { before, after }
}

/** A user who pastes what the browser ended at. */
function loginWorld(clock: FakeClock): LoginContext {
  let state = ''
  return {
    clock: {
      ...clock,
      sleep: async (time, signal) => (time === PATIENCE ? forever() : clock.sleep(time, signal)),
    },
    random: { bytes: (count) => new Uint8Array(count) },
    serve: async () => ({ port: 3000, close: async () => undefined }),
    openBrowser: async () => undefined,
    askForAddress: async () => `http://localhost:3000/?code=${CANARIES.code}&state=${state}`,
    report: (event) => {
      if (event.type === 'visit') state = new URL(event.url).searchParams.get('state') ?? ''
    },
    signal: new AbortController().signal,
  }
}

async function forever(): Promise<never> {
  return new Promise(() => undefined)
}
