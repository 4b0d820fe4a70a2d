// What the server received, for a test to look at. Secrets are masked.

import { parameters } from '../wire/parameters.ts'
import type { ReadRequest } from './request.ts'

/** One request. */
export interface JournalEntry {
  readonly method: string
  /** The path as it was asked for, without the query. */
  readonly path: string
  /** Of query and body together; the values of secrets are `***`. */
  readonly parameters: Readonly<Record<string, string>>
  /** The names of parameters that stood in the URL. */
  readonly inUrl: readonly string[]
  /** Header names in lower case; of `authorization` the scheme alone is kept. */
  readonly headers: Readonly<Record<string, string>>
  /** The status that it was answered with. */
  readonly status: number
}

const SECRETS: ReadonlySet<string> = new Set([
  parameters.clientSecret,
  parameters.refreshToken,
  parameters.token,
  parameters.code,
  parameters.deviceCode,
])

/** The entry for a request and its answer's status. */
export function journalEntry(request: ReadRequest, status: number): JournalEntry {
  const { method, base = '', path, query, headers } = request
  const masked = [...request.parameters].map(([name, value]) => [name, SECRETS.has(name) ? '***' : value])
  return {
    method,
    path: base + path,
    parameters: Object.fromEntries(masked) as Record<string, string>,
    inUrl: [...query.keys()],
    headers: {
      ...headers,
      ...(headers['authorization'] !== undefined && {
        authorization: headers['authorization'].replace(/ .*$/s, ' ***'),
      }),
    },
    status,
  }
}
