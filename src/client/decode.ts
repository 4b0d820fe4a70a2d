// From what was received to what it means: the only reader of bodies. A field is believed when it is what it should be, and not before.

import { isVisibleAscii, printable } from '../domain/printable.ts'
import { Secret } from '../domain/secret.ts'
import type { TokenGrant, TokenInfo } from '../domain/token.ts'
import { describeBody, parseObject } from './judge.ts'

/** What a body says, or why it can't be used, in words that quote nothing of it. */
export type Decoded<T> =
  | { readonly kind: 'decoded'; readonly value: T }
  | { readonly kind: 'unreadable'; readonly detail: string }

/** A device login that has begun. RFC 8628 §3.2. */
export interface DeviceAuthorization {
  readonly deviceCode: Secret
  /** What the user types, unless the address carries it already. */
  readonly userCode: string
  readonly verificationUri: string
  readonly expiresInSeconds: number
  readonly intervalSeconds: number
}

const LONGEST_TOKEN = 32_768
const DEFAULT_INTERVAL_SECONDS = 5
const LONGEST_LIFE_SECONDS = 10 * 366 * 24 * 60 * 60

/** Thrown inside this module and nowhere else: the field that can't be used. */
class Unusable extends Error {}

/** Reads the answer of the token endpoint; `now` is when it came. RFC 6749 §5.1, with Twitch's `scope` array. */
export function decodeToken(body: string, now: Date): Decoded<TokenGrant> {
  return decode(body, (members) => {
    const type = members['token_type']
    if (typeof type !== 'string' || type.toLowerCase() !== 'bearer')
      throw new Unusable('a token_type other than bearer')
    return {
      accessToken: token(members, 'access_token'),
      refreshToken: isAbsent(members['refresh_token']) ? undefined : token(members, 'refresh_token'),
      scopes: scopeList(members, 'scope'),
      obtainedAt: now,
      expiresAt: isAbsent(members['expires_in']) ? undefined : after(now, seconds(members, 'expires_in')),
    }
  })
}

/** Reads the answer of the validate endpoint. @see https://dev.twitch.tv/docs/authentication/validate-tokens/ */
export function decodeTokenInfo(body: string, now: Date): Decoded<TokenInfo> {
  return decode(body, (members) => {
    const life = seconds(members, 'expires_in')
    const id = isAbsent(members['user_id']) ? undefined : text(members, 'user_id')
    const login = isAbsent(members['login']) ? undefined : text(members, 'login')
    return {
      clientId: text(members, 'client_id'),
      scopes: scopeList(members, 'scopes'),
      user: id === undefined ? undefined : { id, login: login ?? '' },
      // Twitch says 0 of the few tokens that never expire.
      expiresAt: life === 0 ? undefined : after(now, life),
    }
  })
}

/** Reads the answer of the device endpoint. RFC 8628 §3.2: without an interval it is five seconds. */
export function decodeDeviceAuthorization(body: string): Decoded<DeviceAuthorization> {
  return decode(body, (members) => ({
    deviceCode: token(members, 'device_code'),
    userCode: text(members, 'user_code'),
    verificationUri: text(members, 'verification_uri'),
    expiresInSeconds: seconds(members, 'expires_in'),
    intervalSeconds: interval(members['interval']),
  }))
}

/** Reads the answer of the revoke endpoint: Twitch sends nothing; an object without a complaint in it is let by. RFC 7009 §2.2. */
export function decodeRevocation(body: string): Decoded<undefined> {
  if (body.trim() === '') return { kind: 'decoded', value: undefined }
  return decode(body, (members) => {
    const complaint = ['status', 'message', 'error'].find((name) => !isAbsent(members[name]))
    if (complaint !== undefined)
      throw new Unusable(`${article(complaint)} ${complaint} in an answer that should be empty`)
    return undefined
  })
}

function decode<T>(body: string, read: (members: Members) => T): Decoded<T> {
  const members = parseObject(body)
  if (members === undefined) return { kind: 'unreadable', detail: describeBody(body) }
  try {
    return { kind: 'decoded', value: read(members) }
  } catch (error) {
    if (error instanceof Unusable) return { kind: 'unreadable', detail: error.message }
    throw error
  }
}

/** What stands before a member's name; the `u` in these is that of `user`. */
function article(name: string): 'a' | 'an' {
  return /^[aeio]/.test(name) ? 'an' : 'a'
}

type Members = Readonly<Record<string, unknown>>

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

/** 1*VSCHAR, RFC 6749 appendix A.12 and A.17; anything else could rewrite the file that it is kept in. */
function token(members: Members, name: string): Secret {
  const value = members[name]
  if (typeof value !== 'string' || value === '') throw new Unusable(`no ${name}`)
  if (value.length > LONGEST_TOKEN)
    throw new Unusable(`${article(name)} ${name} of more than ${LONGEST_TOKEN} characters`)
  if (!isVisibleAscii(value) || value.includes(' '))
    throw new Unusable(`${article(name)} ${name} with characters that no token has`)
  return new Secret(value)
}

function text(members: Members, name: string): string {
  const value = members[name]
  if (typeof value !== 'string' || value === '') throw new Unusable(`no ${name}`)
  if (value.length > 500 || printable(value) !== value)
    throw new Unusable(`a ${name} with characters that it can't have`)
  return value
}

/** 1*DIGIT, RFC 6749 appendix A.14, as a number or as its digits. */
function seconds(members: Members, name: string): number {
  const value = members[name]
  const number = typeof value === 'string' && /^\d{1,12}$/.test(value) ? Number(value) : value
  if (
    typeof number !== 'number' ||
    !Number.isInteger(number) ||
    number < 0 ||
    number > LONGEST_LIFE_SECONDS
  ) {
    throw new Unusable(`an ${name} that is not a number of seconds`)
  }
  return number
}

/** Seconds from one to sixty; what is no number at all is the default. */
function interval(value: unknown): number {
  const number = Number(value)
  if (isAbsent(value) || !Number.isFinite(number)) return DEFAULT_INTERVAL_SECONDS
  return Math.min(60, Math.max(1, Math.ceil(number)))
}

/** An array, or names with spaces between them; absent, null and empty mean none. RFC 6749 §3.3. */
function scopeList(members: Members, name: string): readonly string[] {
  const value = members[name] ?? []
  const names: unknown[] =
    typeof value === 'string' ? value.split(' ') : Array.isArray(value) ? value : [undefined]
  const scopes = new Set<string>()
  for (const scope of names) {
    if (scope === '') continue
    if (typeof scope !== 'string' || !/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/.test(scope)) {
      throw new Unusable(`a ${name} that is not a list of scopes`)
    }
    scopes.add(scope)
  }
  return [...scopes]
}

function after(now: Date, life: number): Date {
  return new Date(now.getTime() + life * 1000)
}
