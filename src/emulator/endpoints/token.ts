// `POST /token`: the checks that every grant shares, then the grant's own, then the body.

import type { TokenBody } from '../../wire/bodies.ts'
import { endpoints } from '../../wire/endpoints.ts'
import { grantTypes, parameters } from '../../wire/parameters.ts'
import { type Refusal, isRefusal, json, refusalAnswer, refuse } from '../answers.ts'
import type { Dialect } from '../dialect.ts'
import { grants } from '../grants/index.ts'
import { OPENID, idToken } from '../open-id.ts'
import { type ReadRequest, issuerOf } from '../request.ts'
import { knownApplication, secretProblem } from '../rules.ts'
import type { ServerState } from '../server-state.ts'
import type { Issued } from '../tokens.ts'
import type { Endpoint } from './endpoint.ts'

/** @see https://dev.twitch.tv/docs/authentication/getting-tokens-oauth/ */
export const token: Endpoint = {
  method: 'POST',
  path: endpoints.token,
  under: 'base',
  async answer(request, state) {
    const issued = issue(request, state)
    if (isRefusal(issued)) return refusalAnswer(issued, state.dialect)
    const { grant } = issued
    const signs =
      request.parameters.get(parameters.grantType) === grantTypes.authorizationCode &&
      issued.scopes.includes(OPENID)
    const signed = signs && grant !== undefined ? await idToken(state, issuerOf(request), grant) : undefined
    return json(200, tokenBody(issued, signed, state.dialect))
  },
}

function issue(request: ReadRequest, state: ServerState): Issued | Refusal {
  const application = knownApplication(request, state)
  if (isRefusal(application)) return application
  const type = request.parameters.get(parameters.grantType)
  if (type === undefined || type === '') return refuse(400, 'missing grant type')
  const grant = grants.find((candidate) => candidate.type === type)
  if (grant === undefined) return refuse(400, 'unsupported grant type')
  return secretProblem(request, application, grant.secret) ?? grant.issue(request, application, state)
}

/** Keys in Twitch's order, which is the alphabet's; a scope-less token has no `scope`. */
function tokenBody(
  { accessToken, expiresIn, refreshToken, scopes }: Issued,
  signed: string | undefined,
  { tokenScope }: Dialect,
): object {
  const body: TokenBody = {
    access_token: accessToken,
    expires_in: expiresIn,
    ...(signed !== undefined && { id_token: signed }),
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    ...(scopes.length > 0 && { scope: scopes }),
    token_type: 'bearer',
  }
  return tokenScope === 'array' || body.scope === undefined ? body : { ...body, scope: body.scope.join(' ') }
}
