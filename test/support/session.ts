// A session in a test: a store in memory, the emulator behind the client, a clock that is moved by hand.

import { createIdentityClient } from '../../src/client/identity-client.ts'
import type { Application } from '../../src/domain/application.ts'
import { twitch } from '../../src/domain/identity-server.ts'
import { type Profile, emptyProfile } from '../../src/domain/profile.ts'
import { Secret } from '../../src/domain/secret.ts'
import { type Emulator, type EmulatorOptions, createEmulator } from '../../src/emulator/emulator.ts'
import { seededApplications } from '../../src/emulator/seeds.ts'
import type { SessionOptions } from '../../src/session/context.ts'
import { type Session, createSession } from '../../src/session/session.ts'
import { createMemoryStore } from '../../src/store/memory-store.ts'
import type { ProfileStore } from '../../src/store/profile-store.ts'
import type { HttpAnswer, HttpRequest } from '../../src/wire/http.ts'
import { type FakeClock, createFakeClock } from './world.ts'

/** The seeded applications, as a profile has them. */
export const applications: { readonly confidential: Application; readonly public: Application } = {
  confidential: {
    type: 'confidential',
    clientId: seededApplications.confidential.clientId,
    clientSecret: new Secret(seededApplications.confidential.clientSecret),
  },
  public: { type: 'public', clientId: seededApplications.public.clientId },
}

/** A session that can be watched from all sides. */
export interface TestSession {
  readonly session: Session
  readonly store: ProfileStore
  readonly clock: FakeClock
  readonly emulator: Emulator
  /** The paths of what was sent. */
  readonly requests: string[]
  /** Another process, with the same store and server. */
  another(options?: Partial<SessionOptions>): Session
  /** Logs a user in, without a flow. @returns the access token and the refresh token */
  logIn(scopes?: readonly string[]): Promise<readonly [string, string]>
  stored(): Promise<Profile>
}

/** What a test may want otherwise. */
export interface TestSessionOptions {
  readonly application?: Application
  readonly emulator?: Partial<EmulatorOptions>
  /** Stands before the emulator; undefined lets it answer. */
  readonly http?: (request: HttpRequest, emulator: Emulator) => Promise<HttpAnswer> | undefined
  readonly session?: Partial<SessionOptions>
  readonly store?: (clock: FakeClock) => ProfileStore
}

/** Makes a {@link TestSession}, whose default profile has an application. */
export async function createTestSession(options: TestSessionOptions = {}): Promise<TestSession> {
  const clock = createFakeClock()
  const random = { bytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)) }
  const emulator = createEmulator({
    now: () => clock.now().getTime(),
    random: (count) => random.bytes(count),
    ...options.emulator,
  })
  const store = options.store?.(clock) ?? createMemoryStore(clock)
  const requests: string[] = []
  const application = options.application ?? applications.confidential
  await store.update('default', async () => ({ ...emptyProfile, application }))
  const http = async (request: HttpRequest): Promise<HttpAnswer> => {
    requests.push(new URL(request.url).pathname.replace('/oauth2', ''))
    return options.http?.(request, emulator) ?? emulator.handle(request)
  }
  const another = (more: Partial<SessionOptions> = {}): Session =>
    createSession({
      store,
      clock,
      random,
      connect: async (server) =>
        createIdentityClient({
          server,
          http,
          clock,
          userAgent: 'test',
          signal: new AbortController().signal,
        }),
      server: twitch,
      ...options.session,
      ...more,
    })
  return {
    session: another(),
    store,
    clock,
    emulator,
    requests,
    another,
    async logIn(scopes = ['chat:read']) {
      const user = emulator.users[0]
      if (user === undefined) throw new Error('The emulator has no users')
      const issued = emulator.issueUserToken(application.clientId, user.id, scopes)
      const obtainedAt = clock.now()
      await store.update('default', async (stored) => ({
        ...stored,
        user: {
          access: {
            accessToken: new Secret(issued.accessToken),
            expiresAt: new Date(obtainedAt.getTime() + issued.expiresIn * 1000),
            obtainedAt,
          },
          refreshToken: new Secret(issued.refreshToken ?? ''),
          scopes,
          user: { id: user.id, login: user.login },
        },
      }))
      return [issued.accessToken, issued.refreshToken ?? '']
    },
    stored: async () => store.read('default'),
  }
}
