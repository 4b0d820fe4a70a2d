// What of a profile will stop working soon, or has stopped.

import type { UserSession } from '../domain/profile.ts'
import type { Kept, SessionContext } from './context.ts'
import type { ChosenApplication } from './credentials.ts'
import { loginCommand } from './login-command.ts'
import type { ProfileStatus } from './status.ts'

/** Something that will stop working, or has. */
export type StatusWarning =
  /** The token ends, or has ended, and can't be renewed. */
  | { readonly type: 'ends'; readonly kind: 'app' | 'user'; readonly at: Date; readonly login: string }
  /** The refresh token was sent, and what came of it is not known. */
  | { readonly type: 'refresh-unfinished'; readonly at: Date; readonly login: string }
  /** The refresh token of a public application dies of disuse. */
  | { readonly type: 'refresh-token-idle'; readonly dies: Date }
  /** The Client ID in force is not the one that these tokens are for. */
  | { readonly type: 'other-application'; readonly clientId: string }

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** A token that can't be renewed is worth a warning so long before its end. */
const SOON = 60 * MINUTE
/** Somebody else's refresh may be under way for so long. */
const LONGEST_REFRESH = MINUTE
/** So long lives a refresh token of a public application that is not used; the warning comes a few days before. */
const IDLE_LIFE = 30 * DAY
const IDLE_WARNING = 25 * DAY

/** Looks for them. */
export async function warningsOf(
  context: SessionContext,
  { own, holder }: Kept,
  application: ChosenApplication | undefined,
  slots: Pick<ProfileStatus, 'user' | 'app'>,
): Promise<readonly StatusWarning[]> {
  const now = context.clock.now()
  const type = holder.application?.type
  const login = loginCommand({ profile: context.profile, type, scopes: own.user?.scopes ?? [] })
  const isIdle = type === 'public' && slots.user?.renewable === true
  return [
    ...otherApplication(application, slots),
    ...ending(slots, now, login),
    ...unfinished(await context.store.unfinishedRenewal(context.profile), now, login),
    ...(isIdle ? disused(own.user, now) : []),
  ]
}

function otherApplication(
  chosen: ChosenApplication | undefined,
  { user, app }: Pick<ProfileStatus, 'user' | 'app'>,
): readonly StatusWarning[] {
  if (chosen === undefined || chosen.own || (user ?? app) === undefined) return []
  return [{ type: 'other-application', clientId: chosen.application.clientId }]
}

function ending(
  { user, app }: Pick<ProfileStatus, 'user' | 'app'>,
  now: Date,
  login: string,
): readonly StatusWarning[] {
  return [user, app].flatMap((token): readonly StatusWarning[] => {
    if (token?.expiresAt === undefined || token.renewable) return []
    if (token.expiresAt.getTime() - now.getTime() > SOON) return []
    return [{ type: 'ends', kind: token.kind, at: token.expiresAt, login }]
  })
}

function unfinished(sentAt: Date | undefined, now: Date, login: string): readonly StatusWarning[] {
  if (sentAt === undefined || now.getTime() - sentAt.getTime() <= LONGEST_REFRESH) return []
  return [{ type: 'refresh-unfinished', at: sentAt, login }]
}

function disused(session: UserSession | undefined, now: Date): readonly StatusWarning[] {
  const usedAt = session?.access?.obtainedAt
  if (usedAt === undefined || now.getTime() - usedAt.getTime() <= IDLE_WARNING) return []
  return [{ type: 'refresh-token-idle', dies: new Date(usedAt.getTime() + IDLE_LIFE) }]
}
