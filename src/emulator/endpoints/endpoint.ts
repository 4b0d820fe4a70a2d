// What an endpoint is: a method, a path, and the function that answers.

import type { HttpAnswer } from '../../wire/http.ts'
import type { ReadRequest } from '../request.ts'
import type { ServerState } from '../server-state.ts'

/** An endpoint. */
export interface Endpoint {
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** Whether the path is under `/oauth2` and `/auth`, or stands by itself. */
  readonly under: 'base' | 'root'
  answer(request: ReadRequest, state: ServerState): HttpAnswer | Promise<HttpAnswer>
}
