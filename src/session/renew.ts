// Renewing, under the profile's lock: a refresh token is spent at most once, and what came is stored before it is used.

import { Failure } from '../domain/failure.ts'
import type { Shield } from '../domain/ports.ts'
import type { AccessToken, Profile, UserSession } from '../domain/profile.ts'
import type { Secret } from '../domain/secret.ts'
import type { TokenGrant } from '../domain/token.ts'
import { clientCredentials } from '../flows/client-credentials.ts'
import type { Attempts, FailedAttempt } from '../store/profile-store.ts'
import { type Call, type SessionContext, keep } from './context.ts'
import { loginCommand } from './login-command.ts'
import { accessOf } from './login.ts'
import { renewedSession } from './refresh.ts'

/** What there is now, and the profile that it is kept in. */
export interface Renewed {
  readonly access: AccessToken
  readonly profile: Profile
}

/** Whether a token need not be renewed. */
export type IsFresh = (token: AccessToken) => boolean

/** How long to wait before the one retry that a confidential application is allowed, in milliseconds. */
const RETRY_PAUSE = 1_000

/** For how long a server is not asked again after it has said this, in milliseconds. */
const RESPITE: Readonly<Record<string, number>> = { server_unavailable: 30_000, rate_limited: 60_000 }

/** Asks for a new app token, unless somebody else has meanwhile. One that can't be kept is asked for and not kept. */
export async function renewAppToken(
  context: SessionContext,
  call: Call,
  found: AccessToken | undefined,
  isFresh: IsFresh,
): Promise<Renewed> {
  const ask = async (): Promise<AccessToken> =>
    accessOf(await clientCredentials(await call.connect(), call.chosen.application))
  if (!call.chosen.keeps) return { access: await ask(), profile: await context.store.read(context.profile) }
  const began = context.clock.now()
  const profile = await keep(context, call, async (stored, attempts) => {
    if (isRenewedByOthers(stored.app, found, isFresh)) return stored
    shareFailure(attempts.lastFailure('app'), began, context.clock.now())
    await attempts.announce('app')
    return { ...stored, app: await ask() }
  })
  return { access: present(profile.app), profile }
}

/** Spends the refresh token, unless somebody else has meanwhile. */
export async function renewUserToken(
  context: SessionContext,
  call: Call,
  found: AccessToken | undefined,
  isFresh: IsFresh,
): Promise<Renewed> {
  if (!call.chosen.own) throw loginRequired(context, call, 'No user token of this application is stored.')
  const began = context.clock.now()
  const shield = context.shield()
  try {
    const profile = await keep(context, call, async (stored, attempts) => {
      if (isRenewedByOthers(stored.user?.access, found, isFresh)) return stored
      shareFailure(attempts.lastFailure('user'), began, context.clock.now())
      return { ...stored, user: await spend(context, call, stored, attempts, shield) }
    })
    return { access: present(profile.user?.access), profile }
  } finally {
    shield.lower()
  }
}

async function spend(
  context: SessionContext,
  call: Call,
  stored: Profile,
  attempts: Attempts,
  shield: Shield,
): Promise<UserSession> {
  const { user } = stored
  if (user === undefined) throw loginRequired(context, call, 'No user token is stored.')
  if (user.refreshToken === undefined)
    throw loginRequired(
      context,
      call,
      'The user token has to be renewed, and came without a refresh token.',
      user.scopes,
    )
  // From the announcement until what came is stored, a signal would cost the session.
  shield.raise()
  await attempts.announce('user')
  try {
    return renewedSession(
      user,
      user.refreshToken,
      await send(context, call, user.refreshToken, attempts.lastFailure('user')),
    )
  } catch (error) {
    if (!isDead(error)) throw error
    const latest = (await context.store.read(context.profile)).user
    if (latest?.refreshToken !== undefined && !latest.refreshToken.equals(user.refreshToken)) {
      // The official CLI, which takes no lock, has put another one there while ours was on its way.
      return renewedSession(
        latest,
        latest.refreshToken,
        await send(context, call, latest.refreshToken, undefined),
      )
    }
    throw loginRequired(context, call, explainDeath(error, attempts), user.scopes)
  }
}

/**
 * A confidential application's refresh token is not spent by a request that fails, so it may be sent once more, unless
 * the last attempt failed already.
 */
async function send(
  { clock }: SessionContext,
  call: Call,
  refreshToken: Secret,
  last: FailedAttempt | undefined,
): Promise<TokenGrant> {
  const { application } = call.chosen
  const identity = await call.connect()
  try {
    return await identity.refresh(application, refreshToken)
  } catch (error) {
    if (application.type === 'public' || last !== undefined || !mayPass(error)) throw error
    await clock.sleep(RETRY_PAUSE)
    return identity.refresh(application, refreshToken)
  }
}

function mayPass(error: unknown): boolean {
  return error instanceof Failure && (error.kind === 'network' || error.code === 'server_unavailable')
}

/** Twitch says 400, its documentation also 401; the words are the same. Other servers have the word of RFC 6749 §5.2. */
function isDead(error: unknown): error is Failure {
  if (!(error instanceof Failure) || error.kind !== 'denied') return false
  return error.code === 'invalid_refresh_token' || error.code === 'invalid_grant'
}

function explainDeath({ message }: Failure, { sentAt }: Attempts): string {
  if (sentAt === undefined) return message
  const moment = sentAt
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC')
  return `The refresh token was spent at ${moment} by a run that ended before it could store what came. ${message}`
}

/** There is nothing to renew with. */
function loginRequired(
  { profile }: SessionContext,
  { chosen }: Call,
  message: string,
  scopes: readonly string[] = [],
): Failure {
  const command = loginCommand({ profile, type: chosen.application.type, scopes })
  return new Failure('expired', 'login_required', message, { hint: `Log in: ${command}` })
}

/** Whether what is stored now is another token than the one that was found, and good. */
function isRenewedByOthers(
  stored: AccessToken | undefined,
  found: AccessToken | undefined,
  isFresh: IsFresh,
): boolean {
  return stored !== undefined && !stored.accessToken.equals(found?.accessToken) && isFresh(stored)
}

/**
 * Those who waited share the failure of the one who tried, and a server in trouble is left alone for a while.
 *
 * @throws Failure the one that there was
 */
function shareFailure(last: FailedAttempt | undefined, began: Date, now: Date): void {
  if (last === undefined) return
  if (last.at > began) throw last.failure
  const age = now.getTime() - last.at.getTime()
  if (age >= (RESPITE[last.failure.code] ?? 0)) return
  const { kind, code, message, hint } = last.failure
  throw new Failure(kind, code, `${message} That was ${Math.floor(age / 1000)} s ago.`, {
    hint: hint ?? 'Wait half a minute, then run the command again',
  })
}

function present(token: AccessToken | undefined): AccessToken {
  if (token === undefined) throw new Error('What was renewed is not there')
  return token
}
