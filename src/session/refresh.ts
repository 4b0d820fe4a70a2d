// Refreshing: a refresh token is spent on a new access token, and what came is stored before anything else is done with it.

import type { UserSession } from '../domain/profile.ts'
import type { Secret } from '../domain/secret.ts'
import type { TokenGrant } from '../domain/token.ts'
import { type Call, type SessionContext, keep } from './context.ts'
import { type IssuedToken, issued, only, userSession } from './login.ts'

/**
 * Spends the refresh token. With credentials that are not the profile's nothing is stored, as the official
 * documentation has it, but for one case: if the token was the profile's own and the server gave a new one for it, the
 * stored one is dead, and the new one takes its place.
 */
export async function refresh(
  context: SessionContext,
  call: Call,
  refreshToken: Secret,
): Promise<IssuedToken> {
  const spend = async (): Promise<TokenGrant> =>
    (await call.connect()).refresh(call.chosen.application, refreshToken)
  const stored = (await context.store.read(context.profile)).user
  const ofProfile = call.chosen.own && refreshToken.equals(stored?.refreshToken)
  if (!call.chosen.keeps && !ofProfile) return issued(call, 'user', await spend(), undefined)

  const results: IssuedToken[] = []
  const shield = context.shield()
  try {
    await keep(context, call, async (profile, attempts) => {
      shield.raise()
      await (ofProfile ? attempts.announce('user') : attempts.reserve())
      const grant = renewed(await spend(), refreshToken, ofProfile ? profile.user : undefined)
      const session = userSession(grant, ofProfile ? profile.user?.user : undefined)
      results.push(issued(call, 'user', grant, session.user))
      const replaced = !refreshToken.equals(grant.refreshToken)
      return call.chosen.keeps || replaced ? { ...profile, user: session } : profile
    })
  } finally {
    shield.lower()
  }
  return only(results)
}

/** The session after its refresh token was spent. */
export function renewedSession(stored: UserSession, spent: Secret, grant: TokenGrant): UserSession {
  return userSession(renewed(grant, spent, stored), stored.user)
}

/** RFC 6749 §6: without a new refresh token the old one goes on; scopes that are not named are those there were. */
function renewed(grant: TokenGrant, spent: Secret, stored: UserSession | undefined): TokenGrant {
  return {
    ...grant,
    refreshToken: grant.refreshToken ?? spent,
    scopes: grant.scopes.length === 0 ? (stored?.scopes ?? []) : grant.scopes,
  }
}
