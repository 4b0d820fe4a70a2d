// What is stored, for whom, until when and from where; and what of it will stop working soon.

import { Failure } from '../domain/failure.ts'
import type { IdentityServer } from '../domain/identity-server.ts'
import type { AccessToken, Profile } from '../domain/profile.ts'
import type { Secret } from '../domain/secret.ts'
import type { TokenInfo, User } from '../domain/token.ts'
import { type SessionContext, readKept } from './context.ts'
import { type ChosenApplication, chooseApplication, chooseServer } from './credentials.ts'
import { type StatusWarning, warningsOf } from './status-warnings.ts'

/** What the server says of a token: nothing if it was not asked, or why it could not be. */
export type Verdict =
  | { readonly kind: 'unasked' | 'valid' }
  | { readonly kind: 'dead'; readonly message: string }
  | { readonly kind: 'unknown'; readonly failure: Failure }

/** A slot of a profile. */
export interface TokenStatus {
  readonly kind: 'app' | 'user'
  /** Undefined when it was revoked, while the refresh token is still there. */
  readonly accessToken: Secret | undefined
  readonly expiresAt: Date | undefined
  readonly scopes: readonly string[]
  readonly user: User | undefined
  /** Whether it can be renewed without a person. */
  readonly renewable: boolean
  readonly verdict: Verdict
}

/** A profile. */
export interface ProfileStatus {
  readonly profile: string
  /** Where it is kept: a path, if there is one. */
  readonly place: string
  readonly server: IdentityServer
  /** The application that a call would speak for. */
  readonly application: ChosenApplication | undefined
  /** The profile that the application is borrowed from. */
  readonly borrowed: boolean
  readonly user: TokenStatus | undefined
  readonly app: TokenStatus | undefined
  readonly warnings: readonly StatusWarning[]
}

/** Looks. @param check ask the server about each token */
export async function inspect(context: SessionContext, check: boolean): Promise<ProfileStatus> {
  const kept = await readKept(context)
  const { own, holder } = kept
  const application = chooseApplication(context.given, holder.application)
  const verdicts = {
    user: await verdictOf(context, own, own.user?.access, check),
    app: await verdictOf(context, own, own.app, check),
  }
  const hasSecret = application?.own === true && application.application.type === 'confidential'
  const slots = {
    user: own.user && {
      ...slot('user', own.user.access, verdicts.user),
      scopes: own.user.scopes,
      user: own.user.user ?? verdicts.user.info?.user,
      renewable: application?.own === true && own.user.refreshToken !== undefined,
    },
    app: own.app && { ...slot('app', own.app, verdicts.app), renewable: hasSecret },
  }
  return {
    profile: context.profile,
    place: context.store.describe(context.profile),
    server: holder.server,
    application,
    borrowed: holder !== own,
    ...slots,
    warnings: await warningsOf(context, kept, application, slots),
  }
}

interface Asked {
  readonly verdict: Verdict
  readonly info?: TokenInfo
}

function slot(
  kind: 'app' | 'user',
  token: AccessToken | undefined,
  { verdict, info }: Asked,
): Omit<TokenStatus, 'renewable'> {
  return {
    kind,
    accessToken: token?.accessToken,
    expiresAt: info === undefined ? token?.expiresAt : info.expiresAt,
    scopes: [],
    user: undefined,
    verdict,
  }
}

async function verdictOf(
  context: SessionContext,
  own: Profile,
  token: AccessToken | undefined,
  check: boolean,
): Promise<Asked> {
  if (!check || token === undefined) return { verdict: { kind: 'unasked' } }
  try {
    const identity = await context.connect(chooseServer(context.server, own, true))
    const validation = await identity.validate(token.accessToken)
    if (validation.kind === 'valid') return { verdict: { kind: 'valid' }, info: validation.info }
    return { verdict: { kind: 'dead', message: validation.message } }
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === 'interrupted' || error.kind === 'usage') throw error
    return { verdict: { kind: 'unknown', failure: error } }
  }
}
