// Revoking: the server first, then what is stored here.

import type { Profile } from '../domain/profile.ts'
import type { Secret } from '../domain/secret.ts'
import { type Call, type SessionContext, keep } from './context.ts'

/** What became of it. `unknown`: the server did not know the token (any more), in its own words. */
export interface Revoked {
  readonly kind: 'revoked' | 'unknown'
  readonly message: string | undefined
  /** Whether it was stored here, and is no longer. */
  readonly forgotten: boolean
  readonly token: Secret
  readonly clientId: string
}

/** Revokes the token. The refresh token behind it still works at Twitch, and is kept. */
export async function revoke(context: SessionContext, call: Call, accessToken: Secret): Promise<Revoked> {
  const { clientId } = call.chosen.application
  const revocation = await (await call.connect()).revoke(clientId, accessToken)
  const stored = await context.store.read(context.profile)
  const forgotten = call.chosen.keeps && without(stored, accessToken) !== stored
  if (forgotten) await keep(context, call, async (profile) => without(profile, accessToken))
  const message = revocation.kind === 'unknown' ? revocation.message : undefined
  return { kind: revocation.kind, message, forgotten, token: accessToken, clientId }
}

/** The profile without the token; the same object if it does not hold it. */
function without(profile: Profile, token: Secret): Profile {
  const { app, user } = profile
  if (token.equals(app?.accessToken)) return { ...profile, app: undefined }
  if (user === undefined || !token.equals(user.access?.accessToken)) return profile
  const rest = user.refreshToken === undefined ? undefined : { ...user, access: undefined }
  return { ...profile, user: rest }
}
