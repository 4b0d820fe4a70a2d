// Logging in: a flow is run, and what it obtained is kept in the slot that it belongs to.

import type { AccessToken, UserSession } from '../domain/profile.ts'
import type { TokenGrant, User } from '../domain/token.ts'
import type { Flow } from '../flows/flow.ts'
import { type Call, type SessionContext, keep } from './context.ts'

/** A token that was obtained just now. */
export interface IssuedToken extends TokenGrant {
  readonly kind: 'app' | 'user'
  readonly clientId: string
  /** Whose token it is, where that is known. */
  readonly user: User | undefined
}

/** Runs the flow. An app token is asked for under the profile's lock, so that processes started together ask once each in turn. */
export async function login(context: SessionContext, call: Call, flow: Flow): Promise<IssuedToken> {
  const { application } = call.chosen
  const obtain = async (): Promise<TokenGrant> => flow.run({ identity: call.identity }, { application })
  if (!call.chosen.keeps) return issued(call, flow.yields, await obtain(), undefined)
  let grant: TokenGrant | undefined
  await keep(context, call, async (stored) => {
    grant = await obtain()
    return { ...stored, app: accessOf(grant) }
  })
  if (grant === undefined) throw new Error('The store did not run the change that it was given')
  return issued(call, flow.yields, grant, undefined)
}

/** The grant, with what else is known of it. */
export function issued(
  { chosen }: Call,
  kind: 'app' | 'user',
  grant: TokenGrant,
  user: User | undefined,
): IssuedToken {
  return { ...grant, kind, clientId: chosen.application.clientId, user }
}

function accessOf({ accessToken, expiresAt }: TokenGrant): AccessToken {
  return { accessToken, expiresAt }
}

/** The session that a grant begins or goes on with. */
export function userSession(grant: TokenGrant, user: User | undefined): UserSession {
  return { access: accessOf(grant), refreshToken: grant.refreshToken, scopes: grant.scopes, user }
}
