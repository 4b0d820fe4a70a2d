// Proxies: which one the environment names for a server, and the agent that goes through it. Loaded only where one is named.

import type { Agent } from 'node:http'
import { HttpProxyAgent } from 'http-proxy-agent'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { getProxyForUrl } from 'proxy-from-env'
import { Failure } from '../domain/failure.ts'
import { isLoopback } from '../domain/identity-server.ts'

/**
 * The agent for a server that HTTPS_PROXY, HTTP_PROXY or ALL_PROXY (in either case) names a proxy for, unless NO_PROXY
 * exempts it; undefined where the way is direct. A server on this machine is reached through a proxy only if the proxy is on this
 * machine too: plain http, which is for this machine alone, would else leave it.
 *
 * @throws Failure `usage` when the variable does not hold a proxy's URL
 */
export function createProxyAgent(server: URL): Agent | undefined {
  const named = getProxyForUrl(server.href)
  if (named === '') return undefined
  const proxy = parseProxy(named, server)
  if (isLoopback(server.hostname) && !isLoopback(proxy.hostname)) return undefined
  const options = { keepAlive: true }
  const agent =
    server.protocol === 'https:' ? new HttpsProxyAgent(proxy, options) : new HttpProxyAgent(proxy, options)
  // Node prints an agent, whose proxy has a password, when NODE_DEBUG asks for `http`; not what can't be enumerated.
  return Object.defineProperty(agent, 'proxy', { enumerable: false })
}

function parseProxy(named: string, server: URL): URL {
  // "host:8080" means an http proxy, as it does to curl; the library puts the scheme of the server before it.
  const text = Object.values(process.env).includes(named) ? named : named.replace(/^https:/, 'http:')
  const proxy = URL.canParse(text) ? new URL(text) : undefined
  if (proxy === undefined || !['http:', 'https:'].includes(proxy.protocol)) {
    throw invalid(
      server,
      'is not an http or https URL',
      'Set HTTPS_PROXY to something like http://proxy.example:8080, or unset it',
    )
  }
  if (!isDecodable(proxy.username + proxy.password)) {
    throw invalid(
      server,
      'has a % in its user name or password that stands for nothing',
      'In HTTPS_PROXY, write %25 for a % that is part of the password',
    )
  }
  return proxy
}

function invalid(server: URL, problem: string, hint: string): Failure {
  const message = `The proxy that the environment names for ${server.host} ${problem}.`
  return new Failure('usage', 'proxy_invalid', message, { hint })
}

function isDecodable(text: string): boolean {
  try {
    // The result is used, since the minifier takes a call without use away, as if it could not throw.
    return decodeURIComponent(text).length <= text.length
  } catch {
    return false
  }
}
