// Whose token a login brought: asked of the server once, before the token is stored.

import type { IdentityClient, Validation } from '../client/identity-client.ts'
import { Failure } from '../domain/failure.ts'
import type { TokenGrant, User } from '../domain/token.ts'

/** What is known of a new token's user. */
export interface Identified {
  readonly user: User | undefined
  /** What was granted, by the server's own account where there is one. */
  readonly scopes: readonly string[]
  /** Why the user is not known. */
  readonly unidentified: string | undefined
}

/**
 * Asks whose token it is. A login that has to be a certain one fails unless it is; any other is let by when the server
 * can't be asked, since the token is there.
 *
 * @throws Failure `denied` when the token is another login's, or not valid; what the request failed with when a certain login was expected
 */
export async function identifyUser(
  identity: IdentityClient,
  grant: TokenGrant,
  expectedLogin: string | undefined,
): Promise<Identified> {
  const validation = await tryToValidate(identity, grant, expectedLogin !== undefined)
  if (validation instanceof Failure)
    return { user: undefined, scopes: grant.scopes, unidentified: validation.message }
  if (validation.kind === 'invalid') {
    throw new Failure(
      'denied',
      'invalid_access_token',
      `${identity.server.name} gave a token that it does not accept: ${validation.message}.`,
    )
  }
  const { user, scopes } = validation.info
  if (expectedLogin !== undefined && user?.login.toLowerCase() !== expectedLogin.toLowerCase()) {
    throw new Failure(
      'denied',
      'other_login',
      `The login was ${user?.login ?? 'nobody'}, and should have been ${expectedLogin}. Nothing was stored.`,
      {
        hint: `Log in as ${expectedLogin}: --forceverify lets you choose the account`,
      },
    )
  }
  return { user, scopes, unidentified: undefined }
}

async function tryToValidate(
  identity: IdentityClient,
  grant: TokenGrant,
  needed: boolean,
): Promise<Validation | Failure> {
  try {
    return await identity.validate(grant.accessToken)
  } catch (error) {
    if (error instanceof Failure && !needed && error.kind !== 'interrupted') return error
    throw error
  }
}
