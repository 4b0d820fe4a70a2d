// What we know about a profile beyond the official file: the newest tokens, those that are spent, and a refresh that is under way.

import { Failure, type FailureKind } from '../domain/failure.ts'
import type { AccessToken, Profile, UserSession } from '../domain/profile.ts'
import { Secret } from '../domain/secret.ts'
import type { Renewal } from './profile-store.ts'

/** A refresh token that was sent, while what came is not stored: the run was killed, or got no answer. */
export interface Intent {
  /** {@link Secret.fingerprint} of the refresh token. */
  readonly refreshToken: string
  readonly at: Date
}

/** How an attempt to renew failed. */
export interface RecordedFailure {
  readonly renewal: Renewal
  /** Of the refresh token that was sent; absent for an app token. */
  readonly refreshToken: string | undefined
  readonly at: Date
  readonly failure: Failure
}

/** The journal of one profile. */
export interface Journal {
  /** The application that all of it is about. */
  readonly clientId: string | undefined
  readonly user: UserSession | undefined
  readonly app: AccessToken | undefined
  /** Fingerprints of refresh tokens that were replaced, newest last. */
  readonly spent: readonly string[]
  readonly intent: Intent | undefined
  readonly failure: RecordedFailure | undefined
}

/** Nothing known. */
export const emptyJournal: Journal = {
  clientId: undefined,
  user: undefined,
  app: undefined,
  spent: [],
  intent: undefined,
  failure: undefined,
}

/** Whether a journal says nothing that would be missed. */
export function isBlank({ user, app, spent, intent, failure }: Journal): boolean {
  return [user, app, intent, failure].every((entry) => entry === undefined) && spent.length === 0
}

const VERSION = 1
const MOST_SPENT = 16

/** The journal of a profile; one that is about another application is an empty one. */
export function journalFor(found: Profile, text: string | undefined): Journal {
  const journal = parseJournal(text)
  return journal.clientId === found.application?.clientId ? journal : emptyJournal
}

/**
 * Reads a journal. One that is damaged is an empty one: it holds nothing that the official file does not, unless
 * somebody wrote that behind our back.
 */
export function parseJournal(text = ''): Journal {
  const [line = '', sum] = text.split('\n')
  if (sum !== checksum(line)) return emptyJournal
  const { version, ...rest } = parseLine(line)
  return version === VERSION ? { ...emptyJournal, ...rest } : emptyJournal
}

/** The sum keeps accidents out, and not a line that somebody has made. */
function parseLine(line: string): Partial<Journal> & { readonly version?: number } {
  try {
    return Object(JSON.parse(line, revive)) as Partial<Journal>
  } catch {
    return {}
  }
}

/** The text of a journal. */
export function writeJournal(journal: Journal): string {
  const line = JSON.stringify({ version: VERSION, ...journal }, preserve)
  return `${line}\n${checksum(line)}\n`
}

/**
 * The profile as it really is: what the official file says, unless it is older than what we know. The official CLI may
 * write a snapshot from before a refresh over it, or put an app token into the user's place.
 */
export function reconcile(found: Profile, journal: Journal): Profile {
  return { ...found, user: newestSession(found.user, journal), app: newest(found.app, journal.app) }
}

/** The journal after a profile was stored; what was replaced is spent, and nothing is under way any more. */
export function journalAfter(journal: Journal, before: Profile, after: Profile): Journal {
  const replaced = before.user?.refreshToken
  const isReplaced =
    replaced !== undefined && after.user !== undefined && !replaced.equals(after.user.refreshToken)
  const spent = isReplaced ? [...journal.spent, replaced.fingerprint()].slice(-MOST_SPENT) : journal.spent
  return { ...emptyJournal, clientId: after.application?.clientId, user: after.user, app: after.app, spent }
}

function newestSession(
  found: UserSession | undefined,
  { user: known, spent }: Journal,
): UserSession | undefined {
  if (known?.refreshToken === undefined) return found && withAge(found, known)
  if (found?.refreshToken === undefined) return known
  if (spent.includes(found.refreshToken.fingerprint())) return known
  if (!found.refreshToken.equals(known.refreshToken)) return found
  return { ...found, access: found.access && newest(found.access, known.access) }
}

function withAge(found: UserSession, known: UserSession | undefined): UserSession {
  return { ...found, access: found.access && newest(found.access, known?.access) }
}

/** Of two access tokens the one that lasts longer; of one and the same, with what we know of it. */
function newest(found: AccessToken | undefined, known: AccessToken | undefined): AccessToken | undefined {
  if (found === undefined || known === undefined) return found ?? known
  if (found.accessToken.equals(known.accessToken)) return { ...found, obtainedAt: known.obtainedAt }
  return (known.expiresAt?.getTime() ?? 0) > (found.expiresAt?.getTime() ?? 0) ? known : found
}

// Secrets, dates and failures are objects of one member, so that they come back as what they were.

function preserve(this: unknown, key: string, value: unknown): unknown {
  const original = (this as Record<string, unknown>)[key]
  if (original instanceof Secret) return { $secret: original.reveal() }
  if (original instanceof Date) return { $date: original.toISOString() }
  if (original instanceof Failure) {
    const { kind, code, message, hint } = original
    return { $failure: { kind, code, message, hint } }
  }
  return value
}

function revive(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if ('$secret' in value) return new Secret(String(value.$secret))
  if ('$date' in value) return new Date(String(value.$date))
  if ('$failure' in value) {
    const { kind, code, message, hint } = value.$failure as {
      kind: FailureKind
      code: string
      message: string
      hint?: string
    }
    return new Failure(kind, code, message, hint === undefined ? {} : { hint })
  }
  return value
}

/** FNV-1a, for telling a torn or rotten file; it guards against nobody. */
function checksum(line: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < line.length; index++)
    hash = Math.imul(hash ^ line.charCodeAt(index), 0x01000193)
  return (hash >>> 0).toString(16)
}
