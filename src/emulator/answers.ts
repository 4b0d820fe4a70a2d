// How the server answers: bodies as Twitch writes them, refusals as values.

import type { RefusalBody } from '../wire/bodies.ts'
import type { HttpAnswer } from '../wire/http.ts'

/** A refusal on its way to being an answer. */
export interface Refusal {
  readonly refusal: { readonly status: number; readonly message: string }
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
export function refusalAnswer({ refusal: { status, message } }: Refusal): HttpAnswer {
  return json(status, { status, message } satisfies RefusalBody)
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
