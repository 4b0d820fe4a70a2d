// The client credentials flow: an application asks for a token of its own. RFC 6749 §4.4.

import { Failure } from '../domain/failure.ts'
import type { Flow } from './flow.ts'

/** @see https://dev.twitch.tv/docs/authentication/getting-tokens-oauth/#client-credentials-grant-flow */
export const clientCredentials: Flow = {
  yields: 'app',
  async run({ identity }, { application }) {
    if (application.type === 'confidential') return identity.issueAppToken(application)
    throw new Failure(
      'usage',
      'secret_required',
      'An app token needs the Client Secret, and none is known for this application.',
    )
  },
}
