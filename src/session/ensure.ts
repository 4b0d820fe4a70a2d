// A token that works: from what is stored where that is good for long enough, else renewed, once, whoever asks.

import { Failure } from '../domain/failure.ts'
import type { AccessToken, Profile } from '../domain/profile.ts'
import type { Secret } from '../domain/secret.ts'
import type { User } from '../domain/token.ts'
import { type Call, type SessionContext, callFor, readKept } from './context.ts'
import { chooseServer } from './credentials.ts'
import { judgeFreshness } from './freshness.ts'
import type { Renewed } from './renew.ts'

/** What is wanted. */
export interface EnsureRequest {
  /** Whose token; the user's if one is stored, else the app's. */
  readonly kind?: 'app' | 'user' | undefined
  /** It has to last at least this much longer, in milliseconds. */
  readonly minValid?: number
  /** Ask the server about the stored token first. */
  readonly validate?: boolean
  /** Scopes that the token has to have. */
  readonly scopes?: readonly string[]
}

/** A token that works, as far as anybody can tell. */
export interface WorkingToken {
  readonly kind: 'app' | 'user'
  readonly accessToken: Secret
  /** Undefined when nobody knows. */
  readonly expiresAt: Date | undefined
  readonly clientId: string | undefined
  readonly scopes: readonly string[]
  readonly user: User | undefined
  /** Why it could not be renewed although it was time, in words; it still works. */
  readonly notice: string | undefined
}

/** Finds such a token. */
export async function ensureToken(context: SessionContext, request: EnsureRequest): Promise<WorkingToken> {
  const kept = await readKept(context)
  const call = callFor(context, kept)
  // Tokens of the profile are for its own application; for another one there is nothing stored.
  const stored =
    call === undefined || call.chosen.own ? kept.own : { ...kept.own, user: undefined, app: undefined }
  const kind = request.kind ?? defaultKind(stored, call)
  const found = kind === 'user' ? stored.user?.access : stored.app
  const usable = found !== undefined && (await isUsable(context, stored, found, request))
  const token = usable
    ? working(kind, found, stored, call)
    : await renew(context, { call, kind, found, stored, request })
  if (request.scopes !== undefined && request.scopes.length > 0) {
    const { requireScopes } = await import('./require-scopes.ts')
    requireScopes(kind, request.scopes, {
      profile: context.profile,
      type: call?.chosen.application.type,
      scopes: token.scopes,
    })
  }
  return token
}

/** The user's if there is one, and if there can be no other: a public application has no app token. */
function defaultKind({ user, app }: Profile, call: Call | undefined): 'app' | 'user' {
  if (user !== undefined) return 'user'
  return call?.chosen.application.type === 'public' && app === undefined ? 'user' : 'app'
}

interface Need {
  readonly call: Call | undefined
  readonly kind: 'app' | 'user'
  /** What there is, good for too short a time. */
  readonly found: AccessToken | undefined
  readonly stored: Profile
  readonly request: EnsureRequest
}

/** Renews; a token that still works is handed out when that fails for a reason that will pass. */
async function renew(context: SessionContext, need: Need): Promise<WorkingToken> {
  const { call, kind, found, stored, request } = need
  try {
    if (call === undefined) throw new Failure('usage', 'credentials_missing', 'No Client ID is known.')
    const fresh = (token: AccessToken): boolean => isFresh(context, token, request)
    const { renewAppToken, renewUserToken } = await import('./renew.ts')
    const flight = kind === 'user' ? renewUserToken : renewAppToken
    return ofRenewed(
      kind,
      await context.flights.share(kind, async () => flight(context, call, found, fresh)),
      call,
    )
  } catch (error) {
    const left = (found?.expiresAt?.getTime() ?? 0) - context.clock.now().getTime()
    const stillWorks = found !== undefined && left > Math.max(request.minValid ?? 0, 0)
    if (
      !(error instanceof Failure) ||
      !stillWorks ||
      error.kind === 'interrupted' ||
      request.validate === true
    )
      throw error
    return { ...working(kind, found, stored, call), notice: error.message }
  }
}

async function isUsable(
  context: SessionContext,
  stored: Profile,
  token: AccessToken,
  request: EnsureRequest,
): Promise<boolean> {
  const freshness = judge(context, token, request)
  if (freshness === 'due') return false
  if (freshness === 'fresh' && request.validate !== true) return true
  return isConfirmed(context, stored, token, request)
}

/** Asks the server. A stored token that only can't be judged by the clock is believed when the server can't be asked. */
async function isConfirmed(
  context: SessionContext,
  stored: Profile,
  token: AccessToken,
  request: EnsureRequest,
): Promise<boolean> {
  const identity = await context.connect(chooseServer(context.server, stored, true))
  try {
    const validation = await identity.validate(token.accessToken)
    if (validation.kind === 'invalid') return false
    const left = (validation.info.expiresAt?.getTime() ?? Infinity) - context.clock.now().getTime()
    return left >= (request.minValid ?? 0)
  } catch (error) {
    if (error instanceof Failure && error.kind === 'network' && request.validate !== true) return true
    throw error
  }
}

function isFresh(context: SessionContext, token: AccessToken, request: EnsureRequest): boolean {
  return judge(context, token, request) === 'fresh'
}

function judge(
  { clock, random }: SessionContext,
  token: AccessToken,
  { minValid = 0 }: EnsureRequest,
): ReturnType<typeof judgeFreshness> {
  const chance = (): number => (random.bytes(1)[0] ?? 0) / 255
  return judgeFreshness(token, { now: clock.now(), minValid, chance })
}

function working(
  kind: 'app' | 'user',
  token: AccessToken,
  { user }: Profile,
  call: Call | undefined,
): WorkingToken {
  return {
    kind,
    accessToken: token.accessToken,
    expiresAt: token.expiresAt,
    clientId: call?.chosen.application.clientId,
    scopes: kind === 'user' ? (user?.scopes ?? []) : [],
    user: kind === 'user' ? user?.user : undefined,
    notice: undefined,
  }
}

function ofRenewed(kind: 'app' | 'user', { access, profile }: Renewed, call: Call): WorkingToken {
  return working(kind, access, profile, call)
}
