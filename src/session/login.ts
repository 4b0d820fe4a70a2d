// Logging in: a flow is run, and what it obtained is kept in the slot that it belongs to.

import type { AccessToken, Profile, UserSession } from '../domain/profile.ts'
import { compareScopes } from '../domain/scopes.ts'
import type { TokenGrant, User } from '../domain/token.ts'
import { clientCredentials } from '../flows/client-credentials.ts'
import { type UserFlowName, userFlows } from '../flows/index.ts'
import type { FlowContext, FlowRequest } from '../flows/user-flow.ts'
import type { Attempts } from '../store/profile-store.ts'
import { type Call, type SessionContext, keep } from './context.ts'
import { identifyUser } from './identify.ts'

/** A token that was obtained just now. */
export interface IssuedToken extends TokenGrant {
  readonly kind: 'app' | 'user'
  readonly clientId: string
  /** Whose token it is, where that is known. */
  readonly user: User | undefined
}

/** What came of a user's login, beside the token. */
export interface UserLogin {
  readonly token: IssuedToken
  /** Whether it is stored: not for an application that is not the profile's. */
  readonly stored: boolean
  /** Scopes that were asked for and not granted. */
  readonly missingScopes: readonly string[]
  /** Scopes that were granted without being asked for. */
  readonly extraScopes: readonly string[]
  /** Why it could not be found out whose token it is. */
  readonly unidentified: string | undefined
  /** Whether no secret was wanted for it, and one will be to refresh it. */
  readonly refreshWantsSecret: boolean
}

/** What is wanted of a user's login; the rest is the flow's affair. */
export interface UserLoginRequest extends Omit<FlowRequest, 'application'> {
  readonly flow: UserFlowName
  /** The login whose token it has to be. */
  readonly expectedLogin: string | undefined
}

/** What a flow needs of the world. */
export type LoginContext = Omit<FlowContext, 'identity'>

/** Asks for an app token, under the profile's lock, so that processes started together ask in turn. */
export async function loginApp(context: SessionContext, call: Call): Promise<IssuedToken> {
  const obtain = async (): Promise<TokenGrant> =>
    clientCredentials(await call.connect(), call.chosen.application)
  if (!call.chosen.keeps) return issued(call, 'app', await obtain(), undefined)
  const grants: TokenGrant[] = []
  await keep(context, call, async (stored, attempts) => {
    await attempts.reserve()
    const grant = await obtain()
    grants.push(grant)
    return { ...stored, app: accessOf(grant) }
  })
  return issued(call, 'app', only(grants), undefined)
}

/** Logs a user in. That may take minutes, so the lock is held for the moment of storing only; that it can be stored is tried first. */
export async function loginUser(
  context: SessionContext,
  call: Call,
  world: LoginContext,
  request: UserLoginRequest,
): Promise<UserLogin> {
  const { keeps, application } = call.chosen
  if (keeps) await keep(context, call, reserve)
  const logins: UserLogin[] = []
  const flow = userFlows[request.flow]
  const identity = await call.connect()
  await flow.run({ ...world, identity }, { ...request, application }, async (grant) => {
    const { user, scopes, unidentified } = await identifyUser(identity, grant, request.expectedLogin)
    const token = issued(call, 'user', { ...grant, scopes }, user)
    if (keeps) await keep(context, call, async (stored) => ({ ...stored, user: userSession(token, user) }))
    const { missing, extra } = compareScopes(request.scopes, scopes)
    logins.push({
      token,
      stored: keeps,
      missingScopes: missing,
      extraScopes: extra,
      unidentified,
      refreshWantsSecret: request.flow === 'device-code' && application.type === 'confidential',
    })
  })
  return only(logins)
}

async function reserve(stored: Profile, attempts: Attempts): Promise<Profile> {
  await attempts.reserve()
  return stored
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

/** The session that a grant begins or goes on with. */
export function userSession(grant: TokenGrant, user: User | undefined): UserSession {
  return { access: accessOf(grant), refreshToken: grant.refreshToken, scopes: grant.scopes, user }
}

/** The result of work that another part was given to do, and did once. */
export function only<T>(results: readonly T[]): T {
  const [result, second] = results
  if (result === undefined || second !== undefined) throw new Error('What had to be done once was not')
  return result
}

/** The access token of a grant. */
export function accessOf({ accessToken, expiresAt, obtainedAt }: TokenGrant): AccessToken {
  return { accessToken, expiresAt, obtainedAt }
}
