// Whether a stored access token can be handed out, has to be renewed, or can't be judged by the clock.

import type { AccessToken } from '../domain/profile.ts'

/** `fresh`: hand it out. `due`: renew it. `doubtful`: ask the server, since the clock or the record can't be right. */
export type Freshness = 'fresh' | 'due' | 'doubtful'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** How far two clocks may be apart without being wrong. */
const CLOCK_TOLERANCE = 5 * MINUTE
/** No token of Twitch lasts longer. */
const LONGEST_LIFE = 70 * DAY
/** Renewals are spread this far around their time, so that a fleet does not renew all at once. */
const SPREAD = 0.1

/** How a token is to be judged. */
export interface FreshnessRule {
  readonly now: Date
  /** It has to last at least this much longer, in milliseconds. */
  readonly minValid: number
  /** A number from 0 to 1; asked for only where it decides. */
  readonly chance: () => number
}

/**
 * Judges a token. It is renewed before its time by five minutes or a tenth of its life, whichever is more, but never
 * by more than half its life.
 */
export function judgeFreshness(token: AccessToken, { now, minValid, chance }: FreshnessRule): Freshness {
  if (token.expiresAt === undefined) return 'doubtful'
  const left = token.expiresAt.getTime() - now.getTime()
  if (isImpossible(token, left, now)) return 'doubtful'
  if (left < minValid) return 'due'
  const margin = renewalMargin(token)
  if (left >= margin * (1 + SPREAD)) return 'fresh'
  if (left < margin * (1 - SPREAD)) return 'due'
  return left >= margin * (1 - SPREAD + 2 * SPREAD * chance()) ? 'fresh' : 'due'
}

/** How long before its end a token is renewed, in milliseconds. */
function renewalMargin({ expiresAt, obtainedAt }: AccessToken): number {
  if (expiresAt === undefined || obtainedAt === undefined) return CLOCK_TOLERANCE
  const life = Math.max(0, expiresAt.getTime() - obtainedAt.getTime())
  return Math.min(Math.max(5 * MINUTE, life / 10), life / 2)
}

/** A token from the future, or one that lasts longer than any: the clock was set back. */
function isImpossible({ obtainedAt }: AccessToken, left: number, now: Date): boolean {
  if (obtainedAt === undefined) return left > LONGEST_LIFE
  return obtainedAt.getTime() - now.getTime() > CLOCK_TOLERANCE
}
