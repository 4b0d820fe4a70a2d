// How the server answers: bodies as Twitch writes them, refusals as values, redirects.

import type { RefusalBody } from '../wire/bodies.ts'
import type { HttpAnswer } from '../wire/http.ts'
import type { Dialect } from './dialect.ts'

/** A refusal on its way to being an answer. */
export interface Refusal {
  readonly refusal: { readonly status: number; readonly message: string }
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
}

/** Makes a refusal. */
export function refuse(status: number, message: string): Refusal {
  return { refusal: { status, message } }
}

/** Whether it is a refusal. */
export function isRefusal(value: object): value is Refusal {
  return 'refusal' in value
}

/** A JSON answer. Twitch ends the body with a newline and names no charset. */
export function json(status: number, body: object): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'access-control-allow-origin': '*' },
    body: `${JSON.stringify(body)}\n`,
  }
}

/** A refusal as Twitch writes it: `status`, then `message`. */
export function refusalAnswer(
  { refusal: { status, message } }: Refusal,
  { refusalError }: Dialect,
): HttpAnswer {
  const error = refusalError === 'present' ? { error: REASONS[status] ?? 'Error' } : {}
  return json(status, { ...error, status, message } satisfies RefusalBody)
}

/** Sends a browser on. */
export function redirect(location: string, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return { status: 302, headers: { location, 'cache-control': 'no-store', ...headers }, body: '' }
}

/** An answer without a body. */
export function empty(status: number): HttpAnswer {
  return { status, headers: {}, body: '' }
}

/** What Twitch says to a path or a method that it does not have. */
export function notFound(): HttpAnswer {
  return {
    status: 404,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: '404 page not found\n',
  }
}
