// The library's door: a session on the profiles that the program keeps, and every public name, listed by hand.

import { parseClientId, parseClientSecret } from './domain/application.ts'
import { parseIdentityServer } from './domain/identity-server.ts'
import { parseProfileName } from './domain/profile.ts'
import { Secret } from './domain/secret.ts'
import { systemClock } from './platform/clock.ts'
import { defaultConfigFile } from './platform/directories.ts'
import { createFiles } from './platform/files.ts'
import { createHttp } from './platform/http.ts'
import { currentEnvironment, version } from './platform/package.ts'
import { systemRandom } from './platform/random.ts'
import type { GivenCredentials } from './session/credentials.ts'
import {
  type Environment,
  environmentCredentials,
  environmentProfile,
  environmentServer,
} from './session/environment.ts'
import { type Session, createSession as createSessionOn } from './session/session.ts'
import { createFileStore } from './store/file-store.ts'
import { createMemoryStore as createMemoryStoreBy } from './store/memory-store.ts'
import type { ProfileStore } from './store/profile-store.ts'

export type { Application, ConfidentialApplication, PublicApplication } from './domain/application.ts'
export { Failure, type FailureDetails, type FailureKind } from './domain/failure.ts'
export { type IdentityServer, twitch } from './domain/identity-server.ts'
export { type AccessToken, type Profile, type UserSession, emptyProfile } from './domain/profile.ts'
export type { TokenInfo, User } from './domain/token.ts'
export type { ChosenApplication, Source } from './session/credentials.ts'
export type { EnsureRequest, WorkingToken } from './session/ensure.ts'
export type { LoggedOut, LoggedOutToken, LogoutRequest } from './session/logout.ts'
export type { ProfileStatus, TokenStatus, Verdict } from './session/status.ts'
export type { StatusWarning } from './session/status-warnings.ts'
export type { ValidatedToken } from './session/validate.ts'
export type { Attempts, FailedAttempt, ProfileStore, Renewal } from './store/profile-store.ts'

export { Secret }

/** What a session is for. Whatever is left out is as the program has it, its environment variables included. */
export interface SessionOptions {
  /** The profile's name; `TWITCH_PROFILE`, or `default`. */
  readonly profile?: string
  /** The file of the default profile; the official CLI's. */
  readonly config?: string
  /** The base URL of the identity server; `TWITCH_AUTH_URL`, or the profile's own. */
  readonly authUrl?: string
  /** Used for this session alone, and never stored; `TWITCH_CLIENT_ID`, or the profile's own. */
  readonly clientId?: string
  /** Used for this session alone, and never stored; `TWITCH_CLIENT_SECRET`, or the profile's own. */
  readonly clientSecret?: string | Secret
  /** Where profiles are kept, instead of in files. */
  readonly store?: ProfileStore
  /** Ends a request, or a wait for the profile's lock. */
  readonly signal?: AbortSignal
}

/** The life of one profile, for a program. Every method rejects with a {@link Failure}, and leaves what is stored untouched then. */
export type TokenSession = Pick<Session, 'accessToken' | 'validate' | 'status' | 'logout' | 'describe'>

/**
 * Opens a profile. Nothing is read before a method is called, and each call reads anew: whatever another process has
 * renewed is found.
 *
 * @throws Failure `usage` for a name, URL or credential that can't be one; `storage` when there is no folder for the file
 */
export function createSession(options: SessionOptions = {}): TokenSession {
  const environment = currentEnvironment()
  const clock = systemClock
  const { http } = createHttp()
  const { signal } = options
  const profile =
    options.profile === undefined ? environmentProfile(environment) : parseProfileName(options.profile)
  return createSessionOn({
    store: options.store ?? fileStore(options, environment),
    clock,
    random: systemRandom,
    ...(profile !== undefined && { profile }),
    server:
      options.authUrl === undefined ? environmentServer(environment) : parseIdentityServer(options.authUrl),
    given: { flag: {}, environment: { ...environmentCredentials(environment), ...given(options) } },
    connect: async (server) =>
      (await import('./client/identity-client.ts')).createIdentityClient({
        server,
        http,
        clock,
        userAgent: `twitch-token/${version}`,
        ...(signal !== undefined && { signal }),
      }),
  })
}

/** A store that lives as long as the object: for tests. */
export function createMemoryStore(): ProfileStore {
  return createMemoryStoreBy(systemClock)
}

function fileStore({ config, signal }: SessionOptions, environment: Environment): ProfileStore {
  const path = config ?? defaultConfigFile()
  return createFileStore({
    files: createFiles({ clock: systemClock, ...(signal !== undefined && { signal: () => signal }) }),
    clock: systemClock,
    path,
    lookup: (name) => environment[name],
  })
}

function given({ clientId, clientSecret }: SessionOptions): GivenCredentials['environment'] {
  return {
    ...(clientId !== undefined && { clientId: parseClientId(clientId) }),
    ...(clientSecret !== undefined && {
      clientSecret: typeof clientSecret === 'string' ? parseClientSecret(clientSecret) : clientSecret,
    }),
  }
}
