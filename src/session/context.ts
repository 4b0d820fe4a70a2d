// What a session knows, and how a call of it begins: with the application and the server that it is for.

import type { IdentityClient } from '../client/identity-client.ts'
import { Failure } from '../domain/failure.ts'
import type { IdentityServer } from '../domain/identity-server.ts'
import type { Clock, Random, Shield } from '../domain/ports.ts'
import { DEFAULT_PROFILE, type Profile, holdsToken, isEmpty } from '../domain/profile.ts'
import type { Secret } from '../domain/secret.ts'
import type { Attempts, ProfileStore } from '../store/profile-store.ts'
import {
  type ChosenApplication,
  type GivenCredentials,
  chooseApplication,
  chooseServer,
} from './credentials.ts'
import type { Flights } from './flights.ts'

/** What a session is made of. */
export interface SessionOptions {
  readonly store: ProfileStore
  /** Makes the client that talks to a server; asked for when a request is to be sent, and not before. */
  readonly connect: (server: IdentityServer) => Promise<IdentityClient>
  readonly clock: Clock
  readonly random: Random
  /** The profile's name; `default` if none is given. */
  readonly profile?: string
  /** Credentials for this session alone: they are used, and never stored. */
  readonly given?: GivenCredentials
  /** The identity server; the profile's own if none is given, and Twitch if it has none. */
  readonly server?: IdentityServer | undefined
  /** Holds signals off while a refresh token is being spent. */
  readonly shield?: () => Shield
}

/** The same, with nothing left open. */
export interface SessionContext extends Required<SessionOptions> {
  readonly flights: Flights
}

/** A call that is about to be made. */
export interface Call {
  readonly chosen: ChosenApplication
  /** The server by the name under which the profile knows it. */
  readonly server: IdentityServer
  connect(): Promise<IdentityClient>
}

/** What is kept: the profile itself, and the profile whose application it uses, which may be the default one. */
export interface Kept {
  readonly own: Profile
  readonly holder: Profile
}

/** Finds what is kept. */
export async function readKept({ store, profile }: SessionContext): Promise<Kept> {
  const own = await store.read(profile)
  if (own.application !== undefined || profile === DEFAULT_PROFILE) return { own, holder: own }
  const lender = await store.read(DEFAULT_PROFILE)
  const lends = lender.application !== undefined && (isEmpty(own) || own.server.url === lender.server.url)
  return { own, holder: lends ? lender : own }
}

/**
 * Begins a call that speaks for an application.
 *
 * @param token the token that will be sent, if there is one
 * @throws Failure `usage` when no Client ID is known, or when it would take a profile to a server that is not its own
 */
export async function beginCall(context: SessionContext, token?: Secret): Promise<Call> {
  return callFor(context, await readKept(context), token) ?? missing()
}

/**
 * The call for what is kept, or undefined when no Client ID is known.
 *
 * @throws Failure `usage` when it would take a profile to a server that is not its own
 */
export function callFor(context: SessionContext, { own, holder }: Kept, token?: Secret): Call | undefined {
  const chosen = chooseApplication(context.given, holder.application)
  if (chosen === undefined) return undefined
  const usesProfile = chosen.own || (token !== undefined && holdsToken(own, token))
  const server = chooseServer(context.server, isEmpty(own) ? holder : own, usesProfile)
  return { chosen, server, connect: async () => context.connect(server) }
}

/**
 * Changes the profile with what a call obtained for the application that was chosen.
 *
 * @throws Failure `busy` when the profile was given to another application meanwhile
 */
export async function keep(
  context: SessionContext,
  { chosen, server }: Call,
  change: (stored: Profile, attempts: Attempts) => Promise<Profile>,
): Promise<Profile> {
  return context.store.update(context.profile, async (stored, attempts) => {
    const owner = stored.application?.clientId
    if (owner !== undefined && owner !== chosen.application.clientId) {
      throw new Failure(
        'busy',
        'profile_changed',
        'The profile was configured for another application meanwhile; nothing was stored.',
      )
    }
    const next = await change(stored, attempts)
    return next === stored ? stored : { ...next, server }
  })
}

function missing(): never {
  throw new Failure('usage', 'credentials_missing', 'No Client ID is known.')
}
