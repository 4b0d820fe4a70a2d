// The client credentials flow: an application asks for a token of its own. RFC 6749 §4.4.

import type { IdentityClient } from '../client/identity-client.ts'
import type { Application } from '../domain/application.ts'
import { Failure } from '../domain/failure.ts'
import type { TokenGrant } from '../domain/token.ts'

/**
 * Obtains an app token.
 *
 * @throws Failure `usage` for a public application, which can have none
 * @see https://dev.twitch.tv/docs/authentication/getting-tokens-oauth/#client-credentials-grant-flow
 */
export async function clientCredentials(
  identity: IdentityClient,
  application: Application,
): Promise<TokenGrant> {
  if (application.type === 'confidential') return identity.issueAppToken(application)
  throw new Failure(
    'usage',
    'secret_required',
    'An app token needs the Client Secret, and none is known for this application.',
  )
}
