// What the environment says where nobody says otherwise. An empty variable says nothing.

import { parseClientId, parseClientSecret } from '../domain/application.ts'
import { type IdentityServer, parseIdentityServer } from '../domain/identity-server.ts'
import { parseProfileName } from '../domain/profile.ts'
import type { GivenCredentials } from './credentials.ts'

/** Variables by their names. */
export type Environment = Readonly<Record<string, string | undefined>>

/**
 * The profile of `TWITCH_PROFILE`.
 *
 * @throws Failure `usage` for what can't be a profile's name
 */
export function environmentProfile(environment: Environment): string | undefined {
  const name = environment['TWITCH_PROFILE']
  return name ? parseProfileName(name) : undefined
}

/**
 * The identity server of `TWITCH_AUTH_URL`.
 *
 * @throws Failure `usage` for what can't be its URL
 */
export function environmentServer(environment: Environment): IdentityServer | undefined {
  const url = environment['TWITCH_AUTH_URL']
  return url ? parseIdentityServer(url) : undefined
}

/**
 * The credentials of `TWITCH_CLIENT_ID` and `TWITCH_CLIENT_SECRET`, or of the official CLI's spelling of them.
 *
 * @throws Failure `usage` for what can't be credentials
 */
export function environmentCredentials(environment: Environment): GivenCredentials['environment'] {
  const clientId = environment['TWITCH_CLIENT_ID'] || environment['TWITCH_CLIENTID']
  const clientSecret = environment['TWITCH_CLIENT_SECRET'] || environment['TWITCH_CLIENTSECRET']
  return {
    ...(clientId && { clientId: parseClientId(clientId) }),
    ...(clientSecret && { clientSecret: parseClientSecret(clientSecret) }),
  }
}
