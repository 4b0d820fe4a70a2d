// Redirects of all five kinds, from every endpoint, to a trap: nothing at all arrives there.

import { describe, expect, test } from 'vitest'
import { createMachine } from '../support/program.ts'
import { canariesIn, startCanaryServer } from './canaries.ts'
import { modes, runMode } from './modes.ts'
import { startRawServer } from './raw-server.ts'

const KINDS = process.env['TORTURE'] === 'short' ? [307] : [301, 302, 303, 307, 308]

const cases = modes.flatMap((mode) =>
  mode.asks.map((path, index) => ({
    name: `${mode.name}, request ${index + 1} (${path})`,
    mode,
    path,
    index,
  })),
)

describe.each(KINDS)('a redirect by %d', (status) => {
  test.each(cases)('to $name', async ({ mode, path, index }) => {
    const trap = await startRawServer((socket) =>
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'),
    )
    const server = await startCanaryServer()
    let redirected = 0
    server.interfere = (request, response) => {
      if (server.requests.length !== index + 1) return false
      expect(request.target).toBe(`/oauth2${path}`)
      redirected++
      response.writeHead(status, {
        location: `${trap.url}${path}`,
        'content-location': trap.url,
        refresh: `0; url=${trap.url}`,
        'alt-svc': `h2="localhost:${trap.port}"`,
        link: `<${trap.url}>; rel=preconnect`,
      })
      response.end()
      return true
    }
    const { code, stderr } = await runMode(createMachine({ BROWSER: 'true' }), server, mode)
    expect(redirected).toBe(1)
    expect(trap.received).toBe('')
    expect(code).toBe(isCourtesy(mode.name, path) ? 0 : 7)
    if (!goesOn(mode.name, path))
      expect(stderr).toContain(`answered with a redirect to localhost:${trap.port}, which was not followed.`)
    expect(canariesIn(stderr)).toEqual([])
    // Nothing is sent once more, to whoever.
    expect(server.requests.filter((request) => request.target === `/oauth2${path}`)).toHaveLength(
      mode.asks.filter((asked, at) => asked === path && (at <= index || goesOn(mode.name, path))).length,
    )
  })
})

/** Where the question is whose the new token is: the login is good without the answer. */
function isCourtesy(mode: string, path: string): boolean {
  return path === '/validate' && mode.startsWith('token -u')
}

/** Where another question comes after it all the same. */
function goesOn(mode: string, path: string): boolean {
  return isCourtesy(mode, path) || mode === 'status --check'
}
