// The endpoints of OpenID Connect: the discovery document, the public key, and what is known of the user.

import { endpoints } from '../../wire/endpoints.ts'
import { messages } from '../../wire/messages.ts'
import { json, refusalAnswer, refuse } from '../answers.ts'
import { OPENID, userinfo as userinfoOf } from '../open-id.ts'
import { bearerToken, issuerOf } from '../request.ts'
import type { Endpoint } from './endpoint.ts'

/** @see https://dev.twitch.tv/docs/authentication/getting-tokens-oidc/ */
export const discovery: Endpoint = {
  method: 'GET',
  path: endpoints.discovery,
  under: 'base',
  answer(request) {
    const issuer = issuerOf(request)
    return json(200, {
      authorization_endpoint: issuer + endpoints.authorize,
      claims_parameter_supported: true,
      claims_supported: [
        'email',
        'email_verified',
        'picture',
        'preferred_username',
        'exp',
        'iss',
        'sub',
        'azp',
        'aud',
        'iat',
        'updated_at',
      ],
      id_token_signing_alg_values_supported: ['RS256'],
      issuer,
      jwks_uri: issuer + endpoints.keys,
      response_types_supported: ['id_token', 'code', 'token', 'code id_token', 'token id_token'],
      scopes_supported: [OPENID],
      subject_types_supported: ['public'],
      token_endpoint: issuer + endpoints.token,
      token_endpoint_auth_methods_supported: ['client_secret_post'],
      userinfo_endpoint: issuer + endpoints.userinfo,
    })
  },
}

/** The one key. */
export const keys: Endpoint = {
  method: 'GET',
  path: endpoints.keys,
  under: 'base',
  answer: async (_request, { signer }) => json(200, { keys: [await signer.publicKey()] }),
}

/** For a user token with the scope `openid`. */
export const userinfo: Endpoint = {
  method: 'GET',
  path: endpoints.userinfo,
  under: 'base',
  answer(request, state) {
    const value = bearerToken(request, ['bearer'])
    if (value === undefined)
      return refusalAnswer(refuse(401, messages.missingAuthorizationToken), state.dialect)
    const grant = state.tokens.liveAccessToken(value)?.grant
    if (grant?.scopes.includes(OPENID) !== true)
      return refusalAnswer(refuse(401, messages.invalidAccessToken), state.dialect)
    return json(200, userinfoOf(state, issuerOf(request), grant))
  },
}
