// A profile: one application, the tokens it holds, and the server that they belong to.

import type { Application } from './application.ts'
import { Failure } from './failure.ts'
import { type IdentityServer, twitch } from './identity-server.ts'
import { printable } from './printable.ts'
import type { Secret } from './secret.ts'
import type { User } from './token.ts'

/** An access token, and until when it is said to work; undefined if that is not known. */
export interface AccessToken {
  readonly accessToken: Secret
  readonly expiresAt: Date | undefined
  /** When it came; undefined if somebody else stored it. */
  readonly obtainedAt: Date | undefined
}

/** The user token of a profile. */
export interface UserSession {
  /** Undefined when it was revoked, while the refresh token still works. */
  readonly access: AccessToken | undefined
  readonly refreshToken: Secret | undefined
  readonly scopes: readonly string[]
  readonly user: User | undefined
}

/** All that is kept under one name. */
export interface Profile {
  readonly application: Application | undefined
  /** The server that the application and the tokens belong to. */
  readonly server: IdentityServer
  readonly user: UserSession | undefined
  /** The app token. */
  readonly app: AccessToken | undefined
}

/** The name of the profile that is used when none is asked for. */
export const DEFAULT_PROFILE = 'default'

/** The name of the profile of the local identity server. */
export const MOCK_PROFILE = 'mock'

/** The flags that name the profile in a command, where it has to be named. */
export function profileFlags(profile: string): readonly string[] {
  if (profile === DEFAULT_PROFILE) return []
  return profile === MOCK_PROFILE ? ['--mock'] : ['--profile', profile]
}

// Names become file names, so those that Windows gives to devices are out on every system.
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/**
 * Checks a profile's name.
 *
 * @throws Failure `usage`
 */
export function parseProfileName(text: string): string {
  if (isProfileName(text)) return text
  throw new Failure('usage', 'profile_name_invalid', `"${printable(text)}" can't be the name of a profile.`, {
    hint: 'Use letters, digits, dots, dashes and underscores: 64 at most, a letter or a digit first',
  })
}

/** Whether a profile may be called that. */
export function isProfileName(text: string): boolean {
  return NAME.test(text) && !DEVICE.test(text) && !text.endsWith('.')
}

/** Whether nothing is kept: neither an application nor a token. */
export function isEmpty(profile: Profile): boolean {
  return profile.application === undefined && profile.user === undefined && profile.app === undefined
}

/** Whether the profile holds this very value, as whatever kind of token. */
export function holdsToken(profile: Profile, token: Secret): boolean {
  const { user, app } = profile
  return (
    token.equals(user?.access?.accessToken) ||
    token.equals(user?.refreshToken) ||
    token.equals(app?.accessToken)
  )
}

/** What is kept where nothing is kept. */
export const emptyProfile: Profile = {
  application: undefined,
  server: twitch,
  user: undefined,
  app: undefined,
}
