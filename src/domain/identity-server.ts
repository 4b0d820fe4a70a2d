// Which identity server is meant: Twitch's, or another that speaks as it does.

import { TWITCH_AUTH_URL } from '../wire/endpoints.ts'
import { Failure } from './failure.ts'

/** An identity server, by the base URL of its endpoints (no slash at the end), with a name for messages. */
export interface IdentityServer {
  readonly url: string
  readonly name: string
}

/** Twitch itself. */
export const twitch: IdentityServer = { url: TWITCH_AUTH_URL, name: 'Twitch' }

/** The local identity server inside this process; the address is never dialled. RFC 6761 §6.3 keeps `localhost` names on this machine. */
export const localServer: IdentityServer = {
  url: 'http://mock.localhost/oauth2',
  name: 'The local identity server',
}

/**
 * Reads a base URL.
 *
 * @throws Failure `usage` when it is not an https URL (or an http one of this machine) without user, query and fragment
 */
export function parseIdentityServer(text: string): IdentityServer {
  const url = parseUrl(text)
  const problem = url === undefined ? 'is not a URL' : problemOf(url)
  if (url === undefined || problem !== undefined) {
    // The text itself is not repeated: it may hold a password.
    const of = url === undefined || url.host === '' ? '' : ` (of ${url.host})`
    throw new Failure('usage', 'auth_url_invalid', `The URL of the identity server${of} ${problem}.`, {
      hint: `--auth-url takes the base of the endpoints, such as ${TWITCH_AUTH_URL} or http://localhost:8080/oauth2`,
    })
  }
  const base = `${url.origin}${url.pathname.replace(/\/+$/, '')}`
  if (base === twitch.url) return twitch
  if (base === localServer.url) return localServer
  return { url: base, name: url.host }
}

/** Whether both are the same server. */
export function sameServer(one: IdentityServer, other: IdentityServer): boolean {
  return one.url === other.url
}

/** Whether a host name means this machine: `localhost` and names under it, 127.0.0.0/8, `::1`. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '')
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    /^127(\.\d{1,3}){3}$/.test(host) ||
    host === '[::1]' ||
    host === '::1'
  )
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}

function problemOf(url: URL): string | undefined {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'is neither https nor http'
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return 'is plain http, which is for this machine only: credentials would travel in the clear'
  }
  if (url.username !== '' || url.password !== '') return 'has a user name or password in it'
  if (url.search !== '' || url.hash !== '') return 'has a query or a fragment'
  return undefined
}
