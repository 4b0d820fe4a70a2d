// What an identity server gives, and what it says of a token when asked.

import { Failure } from './failure.ts'
import { isVisibleAscii } from './printable.ts'
import { Secret } from './secret.ts'

/** The Twitch account that a user token speaks for. `id` is decimal digits, as Twitch sends it: a string. */
export interface User {
  readonly id: string
  readonly login: string
}

/** The answer of the token endpoint. RFC 6749 §5.1. */
export interface TokenGrant {
  readonly accessToken: Secret
  /** Absent for an app token, and when a refresh brought no new one. */
  readonly refreshToken: Secret | undefined
  readonly scopes: readonly string[]
  /** Undefined when the server named no lifetime. */
  readonly expiresAt: Date | undefined
  readonly obtainedAt: Date
}

/** What the validate endpoint says of a working access token. */
export interface TokenInfo {
  readonly clientId: string
  readonly scopes: readonly string[]
  /** Absent for an app token. */
  readonly user: User | undefined
  /** Undefined for the few old tokens that never expire. */
  readonly expiresAt: Date | undefined
}

/**
 * Reads an access token or a refresh token that somebody typed.
 *
 * @throws Failure `usage`
 */
export function parseToken(text: string): Secret {
  const trimmed = text.trim()
  if (isVisibleAscii(trimmed) && !trimmed.includes(' ')) return new Secret(trimmed)
  const problem = trimmed === '' ? 'is empty' : 'has spaces or characters that no token has'
  throw new Failure('usage', 'token_invalid', `The token that was given ${problem}.`, {
    hint: 'Give the token alone, or - to read it from standard input',
  })
}
