// Whose browser it is: a cookie remembers who logged in last, and forms from elsewhere are turned away.

import type { HttpAnswer } from '../wire/http.ts'
import { html, page } from './pages/html.ts'
import type { UserRecord } from './records.ts'
import type { ReadRequest } from './request.ts'
import type { ServerState } from './server-state.ts'

const COOKIE = 'mock_login'

/** Who logged in last with this browser. */
export function rememberedUser({ headers }: ReadRequest, { registry }: ServerState): UserRecord | undefined {
  const pairs = (headers['cookie'] ?? '').split(/; */).map((pair) => pair.split('='))
  const [, id] = pairs.find(([name]) => name === COOKIE) ?? []
  return registry.user(id ?? '')
}

/** The header that makes a browser remember. */
export function rememberUser({ id }: UserRecord): Readonly<Record<string, string>> {
  return { 'set-cookie': `${COOKIE}=${id}; Path=/; HttpOnly; SameSite=Lax` }
}

/** The answer to a form that another site sent, if it is one. */
export function foreignForm({ headers }: ReadRequest): HttpAnswer | undefined {
  const site = headers['sec-fetch-site'] ?? 'same-origin'
  if (site === 'same-origin' || site === 'none') return undefined
  return page(403, 'Refused', html`<h1>This form came from another site</h1>`)
}
