// Which application a call speaks for, and which server it speaks to: what was given for the call, before what is kept.

import type { Application } from '../domain/application.ts'
import { Failure } from '../domain/failure.ts'
import { type IdentityServer, sameServer } from '../domain/identity-server.ts'
import { type Profile, isEmpty } from '../domain/profile.ts'
import type { Secret } from '../domain/secret.ts'

/** Where a credential came from. */
export type Source = 'flag' | 'environment' | 'profile'

/** What was given for this call alone. */
export interface GivenCredentials {
  readonly flag: { readonly clientId?: string | undefined; readonly clientSecret?: Secret | undefined }
  readonly environment: { readonly clientId?: string | undefined; readonly clientSecret?: Secret | undefined }
}

/** The application of a call. */
export interface ChosenApplication {
  readonly application: Application
  readonly clientIdSource: Source
  readonly clientSecretSource: Source | undefined
  /** Whether it is the application that the profile is for. */
  readonly own: boolean
  /** Whether what the call obtains is kept in the profile: not for another application, nor when a flag named this one. */
  readonly keeps: boolean
}

/** Nothing given: the profile decides. */
export const nothingGiven: GivenCredentials = { flag: {}, environment: {} }

/**
 * Chooses the application of a call: flag, then environment, then profile. A secret of one application is never sent
 * with the Client ID of another.
 *
 * @param kept the application that the profile has, or borrows from the default profile
 * @returns undefined when no Client ID is known at all
 */
export function chooseApplication(
  given: GivenCredentials,
  kept: Application | undefined,
): ChosenApplication | undefined {
  const { flag, environment } = given
  const [clientId, clientIdSource] = first(flag.clientId, environment.clientId, kept?.clientId)
  if (clientId === undefined) return undefined
  const own = kept?.clientId === clientId
  const environmentSecret =
    environment.clientId === undefined || environment.clientId === clientId
      ? environment.clientSecret
      : undefined
  const keptSecret = own && kept.type === 'confidential' ? kept.clientSecret : undefined
  const [clientSecret, clientSecretSource] = first(flag.clientSecret, environmentSecret, keptSecret)
  return {
    application:
      clientSecret === undefined
        ? { type: 'public', clientId }
        : { type: 'confidential', clientId, clientSecret },
    clientIdSource,
    clientSecretSource: clientSecret === undefined ? undefined : clientSecretSource,
    own,
    keeps: own && clientIdSource !== 'flag',
  }
}

/**
 * Chooses the server of a call: the one that was asked for, else the profile's.
 *
 * @param uses whether the call sends anything of the profile, or keeps anything in it
 * @throws Failure `usage` when it would send what belongs to one server to another
 */
export function chooseServer(
  asked: IdentityServer | undefined,
  kept: Profile,
  uses: boolean,
): IdentityServer {
  if (asked === undefined) return kept.server
  if (!uses || isEmpty(kept) || sameServer(asked, kept.server)) return asked
  throw new Failure(
    'usage',
    'other_server',
    `This profile belongs to ${kept.server.url}, so nothing of it is sent to ${asked.url}.`,
    { hint: 'Use another profile for that server: --profile NAME' },
  )
}

function first<T>(
  flag: T | undefined,
  environment: T | undefined,
  profile: T | undefined,
): [T | undefined, Source] {
  if (flag !== undefined) return [flag, 'flag']
  if (environment !== undefined) return [environment, 'environment']
  return [profile, 'profile']
}
