// What an endpoint is: a method, a path under the base, and the function that answers.

import type { HttpAnswer } from '../../wire/http.ts'
import type { Ledger } from '../ledger.ts'
import type { ReadRequest } from '../request.ts'

/** An endpoint. */
export interface Endpoint {
  readonly method: 'GET' | 'POST'
  readonly path: string
  answer(request: ReadRequest, ledger: Ledger): HttpAnswer
}
