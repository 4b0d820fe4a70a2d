// `POST /token`: the checks that every grant shares, then the grant's own, then the body.

import type { TokenBody } from '../../wire/bodies.ts'
import { endpoints } from '../../wire/endpoints.ts'
import { parameters } from '../../wire/parameters.ts'
import { type Refusal, isRefusal, json, refusalAnswer, refuse } from '../answers.ts'
import { grants } from '../grants/index.ts'
import type { Issued, Ledger } from '../ledger.ts'
import type { ReadRequest } from '../request.ts'
import { knownApplication, secretProblem } from '../rules.ts'
import type { Endpoint } from './endpoint.ts'

/** @see https://dev.twitch.tv/docs/authentication/getting-tokens-oauth/ */
export const token: Endpoint = {
  method: 'POST',
  path: endpoints.token,
  answer(request, ledger) {
    const issued = issue(request, ledger)
    return isRefusal(issued) ? refusalAnswer(issued) : json(200, tokenBody(issued))
  },
}

function issue(request: ReadRequest, ledger: Ledger): Issued | Refusal {
  const application = knownApplication(request, ledger)
  if (isRefusal(application)) return application
  const type = request.parameters.get(parameters.grantType)
  if (type === undefined || type === '') return refuse(400, 'missing grant type')
  const grant = grants.find((candidate) => candidate.type === type)
  if (grant === undefined) return refuse(400, 'unsupported grant type')
  return secretProblem(request, application, grant.secret) ?? grant.issue(request, application, ledger)
}

/** Keys in Twitch's order, which is the alphabet's; a scope-less token has no `scope`. */
function tokenBody({ accessToken, expiresIn, refreshToken, scopes }: Issued): TokenBody {
  return {
    access_token: accessToken,
    expires_in: expiresIn,
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    ...(scopes.length > 0 && { scope: scopes }),
    token_type: 'bearer',
  }
}
