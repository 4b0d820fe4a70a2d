// The authorization code grant: a code of this application, used once, with the redirect URL that it was asked for with.

import { messages } from '../../wire/messages.ts'
import { grantTypes, parameters } from '../../wire/parameters.ts'
import { refuse } from '../answers.ts'
import type { Grant } from './grant.ts'

/** @see https://dev.twitch.tv/docs/authentication/getting-tokens-oauth/#authorization-code-grant-flow */
export const authorizationCode: Grant = {
  type: grantTypes.authorizationCode,
  secret: 'required',
  issue(request, { clientId }, { logins, tokens }) {
    const value = request.parameters.get(parameters.code) ?? ''
    const code = logins.code(value, clientId)
    if (code?.usedFor !== undefined) {
      // RFC 6749 §4.1.2: a code that comes twice was seen by somebody, so what it became is ended.
      tokens.cut(code.usedFor)
      return refuse(400, messages.invalidAuthorizationCode)
    }
    if (code === undefined) return refuse(400, messages.invalidAuthorizationCode)
    if (request.parameters.get(parameters.redirectUri) !== code.redirectUri)
      return refuse(400, messages.redirectMismatch)
    const issued = tokens.issueUserToken(code)
    if (issued.grant !== undefined) logins.useCode(code, issued.grant.id)
    return issued
  },
}
