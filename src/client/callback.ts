// What a request to the callback server means. Only our own answer counts; everything else is turned away, and the wait goes on.

import type { IdentityServer } from '../domain/identity-server.ts'
import { printable } from '../domain/printable.ts'
import { Secret } from '../domain/secret.ts'
import type { HttpRequest } from '../wire/http.ts'
import { errorWords, messages } from '../wire/messages.ts'
import { parameters } from '../wire/parameters.ts'

/** What a request is. */
export type Callback =
  /** The browser brings the code. */
  | { readonly kind: 'code'; readonly code: Secret }
  | CallbackRefusal
  /** Not ours, but what Twitch sends to the first registered redirect URL when ours is not registered: worth a hint. */
  | { readonly kind: 'mismatch' }
  /** Not ours: to be answered with this status. */
  | { readonly kind: 'stranger'; readonly status: 400 | 404 | 405 }

/** The browser brings a refusal; the texts are Twitch's, fit for a terminal. */
export interface CallbackRefusal {
  readonly kind: 'refusal'
  readonly reason: 'redirect-mismatch' | 'access-denied' | 'other'
  readonly error: string
  readonly description: string
}

/** How Twitch says that the redirect URL is not a registered one. */
export const mismatchRefusal: CallbackRefusal = {
  kind: 'refusal',
  reason: 'redirect-mismatch',
  error: errorWords.redirectMismatch,
  description: messages.redirectMismatch,
}

/**
 * Reads a request. It counts if it is a `GET /` by a browser that navigates, with one `state` that is ours and with
 * one of `code` or `error`; RFC 6749 §3.1 allows no parameter twice. Twitch names no issuer; one that is named has to be
 * the server that the browser was sent to, as RFC 9207 §2.4 wants it.
 */
export function readCallback(request: HttpRequest, state: Secret, server: IdentityServer): Callback {
  const url = new URL(request.url)
  if (url.pathname !== '/') return { kind: 'stranger', status: 404 }
  if (request.method !== 'GET') return { kind: 'stranger', status: 405 }
  const query = readQuery(url)
  if (query === undefined || !isNavigation(request.headers)) return { kind: 'stranger', status: 400 }
  const isFromServer = query.issuer === undefined || query.issuer === server.url
  const isOurs = isFromServer && query.state !== undefined && state.equals(new Secret(query.state))
  const answer = readAnswer(query)
  if (isOurs && answer !== undefined) return answer
  const isMismatch = answer?.kind === 'refusal' && answer.reason === 'redirect-mismatch'
  return isMismatch ? { kind: 'mismatch' } : { kind: 'stranger', status: 400 }
}

/** The code or the refusal; undefined for neither, or both. */
function readAnswer({
  code,
  error,
  description,
}: CallbackQuery): Extract<Callback, { kind: 'code' | 'refusal' }> | undefined {
  if (code !== undefined && error === undefined) {
    return /^[\x21-\x7e]{1,1024}$/.test(code) ? { kind: 'code', code: new Secret(code) } : undefined
  }
  if (error === undefined || error === '' || code !== undefined) return undefined
  return {
    kind: 'refusal',
    reason: reasonOf(error),
    error: printable(error),
    description: printable(description ?? ''),
  }
}

function reasonOf(error: string): CallbackRefusal['reason'] {
  if (error === errorWords.redirectMismatch) return 'redirect-mismatch'
  return error === errorWords.accessDenied ? 'access-denied' : 'other'
}

interface CallbackQuery {
  readonly state: string | undefined
  readonly code: string | undefined
  readonly error: string | undefined
  readonly description: string | undefined
  readonly issuer: string | undefined
}

/** The parameters that mean something, or undefined when one of them stands there twice. */
function readQuery({ searchParams }: URL): CallbackQuery | undefined {
  const names = [
    parameters.state,
    parameters.code,
    parameters.error,
    parameters.errorDescription,
    parameters.issuer,
  ]
  if (names.some((name) => searchParams.getAll(name).length > 1)) return undefined
  const value = (name: string): string | undefined => searchParams.get(name) ?? undefined
  return {
    state: value(parameters.state),
    code: value(parameters.code),
    error: value(parameters.error),
    description: value(parameters.errorDescription),
    issuer: value(parameters.issuer),
  }
}

/**
 * Whether a browser says that it navigates. Images, frames, scripts and prefetches say that they do not; who says
 * nothing of a destination is an old browser or none at all, and is believed. https://www.w3.org/TR/fetch-metadata/
 */
function isNavigation(headers: HttpRequest['headers']): boolean {
  const { 'sec-fetch-dest': destination, 'sec-fetch-mode': mode = 'navigate' } = headers
  const purpose = headers['sec-purpose'] ?? headers['purpose'] ?? ''
  if (purpose.includes('prefetch')) return false
  return destination === undefined || (destination === 'document' && mode === 'navigate')
}
