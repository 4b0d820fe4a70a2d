// Every way to a server: plain or TLS, direct or through a proxy, with a certificate that is good or not. It works, or it is exit 6 with a reason and a hint.

import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { seededApplications } from '../../src/emulator/seeds.ts'
import { type Certificate, makeCertificate, startIdentityServer } from '../support/identity-server.ts'
import { type RunResult, createMachine } from '../support/program.ts'
import { type ProxyOptions, type TestProxy, startProxy } from '../support/proxy.ts'

const { clientId, clientSecret } = seededApplications.confidential
/** A name that only a proxy can resolve, so that whoever got there went through it. */
const BEYOND = 'id.twitch.example'
const PASSWORD = 'canaryproxypassword'

const CERTIFICATES = {
  good: { trusted: true, problem: undefined },
  'self-signed': { trusted: false, problem: 'is self-signed' },
  expired: { trusted: true, problem: 'has expired' },
  'of another name': { trusted: true, problem: 'is for another name' },
} as const
type Kind = keyof typeof CERTIFICATES

const WAYS = ['direct', 'proxy', 'NO_PROXY', '407', '502', 'dead proxy', 'proxy with a password'] as const
type Way = (typeof WAYS)[number]

interface Visit extends RunResult {
  /** Requests that arrived. */
  readonly arrived: number
  /** What the proxy saw. */
  readonly seen: readonly string[]
}

async function certificateOf(kind: Kind, name: string): Promise<Certificate> {
  return makeCertificate({
    name: kind === 'of another name' ? 'other.example' : name,
    expired: kind === 'expired',
  })
}

/** What the proxy is to do, on each way that has one. */
const PROXIES: Partial<Record<Way, ProxyOptions>> = {
  '407': { credentials: `user:${PASSWORD}` },
  'proxy with a password': { credentials: `user:${PASSWORD}` },
  '502': { refuse: 502 },
}

/** Who we are to the proxy, in its URL. */
const USERS: Partial<Record<Way, string>> = {
  '407': `other:${PASSWORD}@`,
  'proxy with a password': `user:${PASSWORD}@`,
}

function environment(scheme: string, name: string, way: Way, proxy: TestProxy): Record<string, string> {
  const port = way === 'dead proxy' ? 1 : proxy.port
  return {
    ...(way !== 'direct' && {
      [`${scheme.toUpperCase()}_PROXY`]: `http://${USERS[way] ?? ''}127.0.0.1:${port}`,
    }),
    ...(way === 'NO_PROXY' && { NO_PROXY: `.other.example,${name}` }),
  }
}

/** Goes there. @param name the host in the URL @param kind undefined for plain http */
async function visit(name: string, kind: Kind | undefined, way: Way): Promise<Visit> {
  const certificate = kind === undefined ? undefined : await certificateOf(kind, name)
  const server = await startIdentityServer(certificate)
  const proxy = await startProxy({ leadsTo: server.port, ...PROXIES[way] })
  const scheme = kind === undefined ? 'http' : 'https'
  const machine = createMachine(environment(scheme, name, way, proxy))
  const ca = path.join(machine.home, 'ca.pem')
  const isTrusted = kind !== undefined && CERTIFICATES[kind].trusted
  if (isTrusted) fs.writeFileSync(ca, certificate?.cert ?? '')
  const url = `${scheme}://${name}:${server.port}/oauth2`
  const result = await machine.run(
    ['token', '-q', '--auth-url', url, '--client-id', clientId, '--secret-stdin'],
    { input: clientSecret, env: { ...(isTrusted && { NODE_EXTRA_CA_CERTS: ca }) } },
  )
  return { ...result, arrived: server.requests.length, seen: proxy.seen }
}

/** A reason that says so, a hint, and nothing else; nothing has arrived. */
function expectFailure({ code, stdout, stderr, arrived }: Visit, reason: string | RegExp): void {
  expect({ code, stdout, arrived, stderr }).toEqual({
    code: 6,
    stdout: '',
    arrived: 0,
    stderr: expect.stringMatching(/^error: [^\n]+\.\nhint: [^\n]+\n$/),
  })
  expect(stderr).toMatch(reason)
  expect(stderr).not.toContain(PASSWORD)
}

function expectSuccess({ code, stdout, stderr, arrived }: Visit): void {
  expect({ code, stderr, arrived, token: /^\w{30}\n$/.test(stdout) }).toEqual({
    code: 0,
    stderr: '',
    arrived: 1,
    token: true,
  })
}

const PROXY_PROBLEMS: Partial<Record<Way, RegExp>> = {
  '407': /The proxy wants a user name and a password \(407\)\./,
  '502': /The proxy would not connect to the server \(502\)\./,
}

describe.each(['localhost', BEYOND])('TLS to %s', (name) => {
  describe.each(Object.keys(CERTIFICATES) as Kind[])('with a certificate that is %s', (kind) => {
    test.each(WAYS)('%s', async (way) => {
      const went = await visit(name, kind, way)
      const isDirect = way === 'direct' || way === 'NO_PROXY'
      expect(went.seen.length > 0).toBe(!isDirect && way !== 'dead proxy')
      for (const line of went.seen) expect(line).toMatch(new RegExp(`^CONNECT ${name}:\\d+$`))
      const { problem } = CERTIFICATES[kind]
      const proxyProblem = PROXY_PROBLEMS[way]
      if (isDirect && name === BEYOND) return expectFailure(went, `The name of ${BEYOND}`)
      if (way === 'dead proxy') return expectFailure(went, 'Nothing answers at the proxy 127.0.0.1:1.')
      if (proxyProblem !== undefined) return expectFailure(went, proxyProblem)
      if (problem !== undefined) return expectFailure(went, `The certificate of ${name}:`)
      return expectSuccess(went)
    })
  })
})

describe.each(['localhost', '127.0.0.1'])('plain http to %s', (name) => {
  test.each(WAYS)('%s', async (way) => {
    const went = await visit(name, undefined, way)
    const proxyProblem = PROXY_PROBLEMS[way]
    if (way === 'dead proxy') return expectFailure(went, 'Nothing answers at the proxy 127.0.0.1:1.')
    // Without a tunnel nobody can tell whether the server said it, or a proxy did.
    if (way === '502')
      return expect(went).toMatchObject({ code: 7, stderr: expect.stringContaining('(502)') })
    return proxyProblem === undefined ? expectSuccess(went) : expectFailure(went, proxyProblem)
  })
})

test.each(['direct', 'NO_PROXY'] as const)(
  'plain http to a name under localhost, %s, asks no name server',
  async (way) => {
    expectSuccess(await visit('sub.localhost', undefined, way))
  },
)

test.each(['192.0.2.1', BEYOND, 'localhost.example', '127.0.0.1.example', '[2001:db8::1]'])(
  'plain http to %s is not even tried: exit 2',
  async (host) => {
    const proxy = await startProxy()
    const { code } = await createMachine().run(['token', '-v', '-', '--auth-url', `http://${host}/oauth2`], {
      input: 'canary',
      env: { HTTP_PROXY: proxy.url },
    })
    expect(code).toBe(2)
    expect(proxy.seen).toEqual([])
  },
)

test.each(['good', 'self-signed', 'expired', 'of another name'] as const)(
  'NODE_TLS_REJECT_UNAUTHORIZED=0 changes nothing about a certificate that is %s',
  async (kind) => {
    const certificate = await certificateOf(kind, 'localhost')
    const server = await startIdentityServer(certificate)
    const { code, stderr } = await createMachine().run(['token', '-v', '-', '-q', '--auth-url', server.url], {
      input: 'canary',
      env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    })
    expect(code).toBe(6)
    expect(stderr).toMatch(/^error: The certificate of localhost:\d+ .+\.\nhint: .+\n$/m)
    expect(server.requests).toEqual([])
  },
)
