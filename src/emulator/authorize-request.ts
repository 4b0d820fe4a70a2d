// A request for a login through the browser, checked in Twitch's order: what can't be trusted is told to the browser, the rest to the application.

import type { HttpAnswer } from '../wire/http.ts'
import { errorWords, messages } from '../wire/messages.ts'
import { parameters } from '../wire/parameters.ts'
import { isRefusal, redirect, refusalAnswer, refuse } from './answers.ts'
import { OPENID, readOpenId } from './open-id.ts'
import type { ApplicationRecord, OpenIdRecord } from './records.ts'
import type { ReadRequest } from './request.ts'
import { knownApplication } from './rules.ts'
import { readScopes, scopeProblem } from './scope-list.ts'
import type { ServerState } from './server-state.ts'

const RESPONSE_TYPES = ['code', 'token', 'id_token', 'token id_token'] as const

/** What comes back: a code, or tokens. */
export type ResponseType = (typeof RESPONSE_TYPES)[number]

/** A request that is in order. */
export interface AuthorizeRequest {
  readonly application: ApplicationRecord
  readonly redirectUri: string
  readonly responseType: ResponseType
  readonly scopes: readonly string[]
  readonly state: string | undefined
  readonly forceVerify: boolean
  readonly openId: OpenIdRecord
}

/** The request, or the answer that it gets at once. */
export type CheckedAuthorizeRequest =
  | { readonly kind: 'request'; readonly request: AuthorizeRequest }
  | { readonly kind: 'answer'; readonly answer: HttpAnswer }

/** Checks a request. */
export function checkAuthorizeRequest(read: ReadRequest, server: ServerState): CheckedAuthorizeRequest {
  const { query } = read
  const refusal = (status: number, message: string): CheckedAuthorizeRequest => ({
    kind: 'answer',
    answer: refusalAnswer(refuse(status, message), server.dialect),
  })
  const application = knownApplication({ ...read, parameters: query }, server)
  if (isRefusal(application)) return { kind: 'answer', answer: refusalAnswer(application, server.dialect) }
  const state = query.get(parameters.state)
  const tell = (redirectUri: string, error: string, description: string): CheckedAuthorizeRequest => ({
    kind: 'answer',
    answer: redirect(errorLocation(redirectUri, error, description, state)),
  })

  const redirectUri = query.get(parameters.redirectUri)
  if (redirectUri === undefined || redirectUri === '') return refusal(400, 'missing redirect uri')
  const [firstUri] = application.redirectUris
  if (!application.redirectUris.includes(redirectUri)) {
    if (firstUri === undefined) return refusal(400, messages.redirectMismatch)
    return tell(firstUri, errorWords.redirectMismatch, messages.redirectMismatch)
  }
  const scope = query.get(parameters.scope)
  const responseType = readResponseType(query.get(parameters.responseType))
  if (responseType === undefined || !isAllowed(responseType, scope, application, server)) {
    return tell(redirectUri, errorWords.unsupportedResponseType, messages.responseTypeNotSupported)
  }
  const problem = scopeProblem(scope)
  if (problem !== undefined) return { kind: 'answer', answer: refusalAnswer(problem, server.dialect) }
  const openId = readOpenId(query.get(parameters.nonce), query.get(parameters.claims))
  const forceVerify = query.get(parameters.forceVerify) === 'true'
  return {
    kind: 'request',
    request: {
      application,
      redirectUri,
      responseType,
      scopes: readScopes(scope),
      state,
      forceVerify,
      openId,
    },
  }
}

/** Where a browser goes with a refusal: it stands in the query, whatever the response type. */
export function errorLocation(
  redirectUri: string,
  error: string,
  description: string,
  state: string | undefined,
): string {
  return withQuery(redirectUri, {
    [parameters.error]: error,
    [parameters.errorDescription]: description,
    ...(state !== undefined && { [parameters.state]: state }),
  })
}

/** The address with a query; a redirect URL that has a query keeps it. */
export function withQuery(address: string, values: Readonly<Record<string, string>>): string {
  return `${address}${address.includes('?') ? '&' : '?'}${new URLSearchParams(values).toString()}`
}

function readResponseType(text: string | undefined): ResponseType | undefined {
  const words = (text ?? '').split(/[ +]/).toSorted().toReversed().join(' ')
  return RESPONSE_TYPES.find((type) => type === words)
}

function isAllowed(
  type: ResponseType,
  scope: string | undefined,
  application: ApplicationRecord,
  { dialect }: ServerState,
): boolean {
  if (type.includes('id_token') && !readScopes(scope).includes(OPENID)) return false
  return type === 'code' || application.clientSecret !== undefined || dialect.publicImplicit === 'allowed'
}
