// `GET /authorize` and what its page sends back: a login through the browser.

import { endpoints } from '../../wire/endpoints.ts'
import type { HttpAnswer } from '../../wire/http.ts'
import { errorWords, messages } from '../../wire/messages.ts'
import { parameters } from '../../wire/parameters.ts'
import { redirect } from '../answers.ts'
import {
  type AuthorizeRequest,
  checkAuthorizeRequest,
  errorLocation,
  withQuery,
} from '../authorize-request.ts'
import { idToken } from '../open-id.ts'
import { consentAnswer, consentForm, consentQuestion } from '../pages/consent.ts'
import { html, page } from '../pages/html.ts'
import type { UserRecord } from '../records.ts'
import { type ReadRequest, issuerOf } from '../request.ts'
import type { ServerState } from '../server-state.ts'
import { foreignForm, rememberedUser, rememberUser } from '../visitor.ts'
import type { Endpoint } from './endpoint.ts'

/** Shows the consent page, or sends the browser straight back. */
export const authorize: Endpoint = {
  method: 'GET',
  path: endpoints.authorize,
  under: 'base',
  async answer(read, state) {
    const checked = checkAuthorizeRequest(read, state)
    if (checked.kind === 'answer') return checked.answer
    const { request } = checked
    const user = state.autoApprove ? state.registry.users[0] : rememberedUser(read, state)
    if (user !== undefined && (state.autoApprove || needsNoConsent(request, user, state))) {
      return grantTo(user, request, read, state)
    }
    return consentPage(request, user, state)
  },
}

/** Takes the user's decision. */
export const decide: Endpoint = {
  method: 'POST',
  path: endpoints.authorize,
  under: 'base',
  async answer(read, state) {
    const foreign = foreignForm(read)
    if (foreign !== undefined) return foreign
    const checked = checkAuthorizeRequest(read, state)
    if (checked.kind === 'answer') return checked.answer
    const { request } = checked
    const user = state.registry.user(read.parameters.get(consentForm.user) ?? '')
    const decision = read.parameters.get(consentForm.decision)
    if (decision === consentForm.cancel) return redirect(denialLocation(request))
    if (decision !== consentForm.authorize || user === undefined) return consentPage(request, user, state)
    return grantTo(user, request, read, state)
  },
}

function needsNoConsent(
  { application, scopes, forceVerify }: AuthorizeRequest,
  user: UserRecord,
  { logins }: ServerState,
): boolean {
  return !forceVerify && logins.hasConsent(user.id, application.clientId, scopes)
}

function consentPage(
  request: AuthorizeRequest,
  user: UserRecord | undefined,
  { registry }: ServerState,
): HttpAnswer {
  const question = {
    application: request.application,
    users: registry.users,
    userId: user?.id,
    scopes: request.scopes,
  }
  const body = html`${consentQuestion(question)}
<form method="post">
${consentAnswer(question)}
</form>
<p class="small">Afterwards the browser goes to ${request.redirectUri}</p>`
  return page(200, `Authorize ${request.application.name}`, body, new URL(request.redirectUri).origin)
}

async function grantTo(
  user: UserRecord,
  request: AuthorizeRequest,
  read: ReadRequest,
  state: ServerState,
): Promise<HttpAnswer> {
  state.logins.consent(user.id, request.application.clientId, request.scopes)
  return redirect(await successLocation(user, request, read, state), rememberUser(user))
}

function denialLocation({ redirectUri, state }: AuthorizeRequest): string {
  return errorLocation(redirectUri, errorWords.accessDenied, messages.userDenied, state)
}

/** A code comes in the query; tokens come in the fragment, which the browser keeps to itself. Keys in the alphabet's order. */
async function successLocation(
  user: UserRecord,
  request: AuthorizeRequest,
  read: ReadRequest,
  server: ServerState,
): Promise<string> {
  const { redirectUri, responseType, scopes, state, openId } = request
  const granted = { clientId: request.application.clientId, userId: user.id, scopes, openId }
  const scope =
    server.dialect.redirectScope === 'once' ? scopes.join(' ') : encodeURIComponent(scopes.join(' '))
  const ours = state === undefined ? {} : { [parameters.state]: state }
  if (responseType === 'code') {
    return withQuery(redirectUri, {
      [parameters.code]: server.logins.makeCode({ ...granted, redirectUri }),
      [parameters.scope]: scope,
      ...ours,
    })
  }
  const { accessToken, grant } = server.tokens.issueImplicitToken(granted)
  const withToken = responseType !== 'id_token'
  const signed =
    responseType === 'token' || grant === undefined
      ? {}
      : { id_token: await idToken(server, issuerOf(read), grant, withToken ? accessToken : undefined) }
  const fragment = new URLSearchParams({
    ...(withToken && { access_token: accessToken }),
    ...signed,
    ...(withToken && { [parameters.scope]: scope }),
    ...ours,
    ...(withToken && { token_type: 'bearer' }),
  })
  return `${redirectUri}#${fragment.toString()}`
}
