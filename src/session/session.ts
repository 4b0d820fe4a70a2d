// The life of one profile: log in, hand out, refresh, validate, revoke, log out, configure.

import type { Application } from '../domain/application.ts'
import { DEFAULT_PROFILE } from '../domain/profile.ts'
import type { Secret } from '../domain/secret.ts'
import type { Configured } from './configure.ts'
import { type SessionContext, type SessionOptions, beginCall, readKept } from './context.ts'
import { type ChosenApplication, chooseApplication, nothingGiven } from './credentials.ts'
import { type EnsureRequest, type WorkingToken, ensureToken } from './ensure.ts'
import { Flights } from './flights.ts'
import type { IssuedToken, LoginContext, UserLogin, UserLoginRequest } from './login.ts'
import type { LoggedOut, LogoutRequest } from './logout.ts'
import type { Revoked } from './revoke.ts'
import type { ProfileStatus } from './status.ts'
import type { ValidatedToken } from './validate.ts'

/** What can be done with a profile. Every method throws a `Failure`, and leaves what was stored untouched when it does. */
export interface Session {
  /** The application that a call would speak for, or undefined when none is known. */
  application(): Promise<ChosenApplication | undefined>
  /**
   * A token that works: the stored one if it lasts long enough, else a renewed one. Callers at the same time, in this
   * process or another, share one renewal.
   */
  accessToken(request?: EnsureRequest): Promise<WorkingToken>
  /** Obtains an app token, and stores it. */
  loginApp(): Promise<IssuedToken>
  /** Lets a user log in, and stores the token. */
  loginUser(world: LoginContext, request: UserLoginRequest): Promise<UserLogin>
  /** Spends a refresh token on a new access token, and stores what came. */
  refresh(refreshToken: Secret): Promise<IssuedToken>
  /** Asks the server about an access token. Throws `denied` when the token is not valid. */
  validate(accessToken: Secret): Promise<ValidatedToken>
  /** Revokes an access token, and forgets it if it is the profile's. */
  revoke(accessToken: Secret): Promise<Revoked>
  /** What is stored, and what of it will stop working soon. Asks the server about each token if told to. */
  status(check?: boolean): Promise<ProfileStatus>
  /** Revokes what is stored, then forgets it. */
  logout(request: LogoutRequest): Promise<LoggedOut>
  /** Stores an application, checked with the server first unless told not to. */
  configure(application: Application, verify: boolean): Promise<Configured>
  /** Where the profile is kept. */
  describe(): string
}

/** Makes a {@link Session}. */
export function createSession(options: SessionOptions): Session {
  const context: SessionContext = {
    profile: DEFAULT_PROFILE,
    given: nothingGiven,
    server: undefined,
    shield: () => ({ raise: () => undefined, lower: () => undefined }),
    flights: new Flights(),
    ...options,
  }
  return {
    application: async () => chooseApplication(context.given, (await readKept(context)).holder.application),
    accessToken: async (request = {}) => ensureToken(context, request),
    loginApp: async () => (await import('./login.ts')).loginApp(context, await beginCall(context)),
    loginUser: async (world, request) =>
      (await import('./login.ts')).loginUser(context, await beginCall(context), world, request),
    refresh: async (refreshToken) =>
      (await import('./refresh.ts')).refresh(context, await beginCall(context, refreshToken), refreshToken),
    validate: async (accessToken) => (await import('./validate.ts')).validate(context, accessToken),
    revoke: async (accessToken) =>
      (await import('./revoke.ts')).revoke(context, await beginCall(context, accessToken), accessToken),
    status: async (check = false) => (await import('./status.ts')).inspect(context, check),
    logout: async (request) => (await import('./logout.ts')).logout(context, request),
    configure: async (application, verify) =>
      (await import('./configure.ts')).configure(context, application, verify),
    describe: () => context.store.describe(context.profile),
  }
}
