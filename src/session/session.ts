// The life of one profile: log in, refresh, validate, revoke, configure.

import type { Application } from '../domain/application.ts'
import { DEFAULT_PROFILE } from '../domain/profile.ts'
import type { Secret } from '../domain/secret.ts'
import { type Configured, configure } from './configure.ts'
import { type SessionContext, type SessionOptions, beginCall, readKept } from './context.ts'
import { type ChosenApplication, chooseApplication, nothingGiven } from './credentials.ts'
import {
  type IssuedToken,
  type LoginContext,
  type UserLogin,
  type UserLoginRequest,
  loginApp,
  loginUser,
} from './login.ts'
import { refresh } from './refresh.ts'
import { type Revoked, revoke } from './revoke.ts'
import { type ValidatedToken, validate } from './validate.ts'

/** What can be done with a profile. Every method throws a `Failure`, and leaves what was stored untouched when it does. */
export interface Session {
  /** The application that a call would speak for, or undefined when none is known. */
  application(): Promise<ChosenApplication | undefined>
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
    ...options,
  }
  return {
    application: async () => chooseApplication(context.given, (await readKept(context)).holder.application),
    loginApp: async () => loginApp(context, await beginCall(context)),
    loginUser: async (world, request) => loginUser(context, await beginCall(context), world, request),
    refresh: async (refreshToken) => refresh(context, await beginCall(context, refreshToken), refreshToken),
    validate: async (accessToken) => validate(context, accessToken),
    revoke: async (accessToken) => revoke(context, await beginCall(context, accessToken), accessToken),
    configure: async (application, verify) => configure(context, application, verify),
    describe: () => context.store.describe(context.profile),
  }
}
