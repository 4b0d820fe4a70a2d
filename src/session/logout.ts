// Logging out: the stored tokens are revoked, then forgotten. What the server can't be told is not forgotten.

import { Failure } from '../domain/failure.ts'
import type { Profile } from '../domain/profile.ts'
import type { Secret } from '../domain/secret.ts'
import { type SessionContext, readKept } from './context.ts'
import { chooseServer } from './credentials.ts'

/** What is to be logged out. */
export interface LogoutRequest {
  /** The slot; both if none is named. */
  readonly kind?: 'app' | 'user' | undefined
  /** Forget without telling the server. */
  readonly local: boolean
  /** Forget the application too: the whole profile. */
  readonly forget: boolean
}

/** What became of a token. `unknown`: the server did not know it (any more); `untold`: it was not asked. */
export interface LoggedOutToken {
  readonly kind: 'app' | 'user'
  readonly outcome: 'revoked' | 'unknown' | 'untold'
}

/** What became of a profile. */
export interface LoggedOut {
  readonly profile: string
  /** Those that were stored. */
  readonly tokens: readonly LoggedOutToken[]
  readonly forgotProfile: boolean
}

/**
 * Logs out, under the profile's lock, so that nobody renews meanwhile what is being revoked. A run that is killed in
 * the middle is finished by the next one.
 */
export async function logout(context: SessionContext, request: LogoutRequest): Promise<LoggedOut> {
  const { store, profile } = context
  const kinds = (['user', 'app'] as const).filter((kind) => (request.kind ?? kind) === kind)
  const tokens: LoggedOutToken[] = []
  if (isStored(await store.read(profile), kinds)) {
    await store.update(profile, async (stored) => {
      const revoke = await revoker(context, stored, request.local)
      for (const kind of kinds) {
        if (stored[kind] !== undefined)
          tokens.push({ kind, outcome: await revoke(accessTokenOf(stored, kind)) })
      }
      return { ...stored, ...Object.fromEntries(kinds.map((kind) => [kind, undefined])) }
    })
  }
  if (request.forget) await store.remove(profile)
  return { profile, tokens, forgotProfile: request.forget }
}

type Revoke = (accessToken: Secret | undefined) => Promise<LoggedOutToken['outcome']>

async function revoker(context: SessionContext, stored: Profile, local: boolean): Promise<Revoke> {
  if (local) return async () => 'untold'
  const { holder } = await readKept(context)
  const clientId = holder.application?.clientId
  if (clientId === undefined) {
    throw new Failure(
      'usage',
      'credentials_missing',
      'Whose tokens these are is not known: there is no Client ID.',
      {
        hint: 'Store it with twitch configure, or forget the tokens without revoking them: --local',
      },
    )
  }
  const identity = await context.connect(chooseServer(context.server, stored, true))
  return async (accessToken) =>
    accessToken === undefined ? 'unknown' : (await identity.revoke(clientId, accessToken)).kind
}

function isStored(stored: Profile, kinds: readonly ('app' | 'user')[]): boolean {
  return kinds.some((kind) => stored[kind] !== undefined)
}

function accessTokenOf({ user, app }: Profile, kind: 'app' | 'user'): Secret | undefined {
  return (kind === 'user' ? user?.access : app)?.accessToken
}
