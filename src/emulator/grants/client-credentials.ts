// The client credentials grant: an app token, without scopes and without a refresh token.

import { grantTypes } from '../../wire/parameters.ts'
import type { Grant } from './grant.ts'

/** @see https://dev.twitch.tv/docs/authentication/getting-tokens-oauth/#client-credentials-grant-flow */
export const clientCredentials: Grant = {
  type: grantTypes.clientCredentials,
  secret: 'required',
  issue: (_request, { clientId }, { tokens }) => tokens.issueAppToken(clientId),
}
