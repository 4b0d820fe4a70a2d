// Proxies of the environment: used where they are named, not where they are exempt, and never for what must stay on this machine.

import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { seededApplications } from '../../src/emulator/seeds.ts'
import { type TestServer, makeCertificate, startIdentityServer } from '../support/identity-server.ts'
import { type Machine, type RunResult, createMachine } from '../support/program.ts'
import { startProxy } from '../support/proxy.ts'

const { clientId, clientSecret } = seededApplications.confidential
const HOST = 'id.twitch.example'

/** A server that is known by a name which only a proxy can resolve. */
async function createSetting(
  certificate = {},
): Promise<{ server: TestServer; call(env: Record<string, string>): Promise<RunResult>; machine: Machine }> {
  const made = await makeCertificate({ name: HOST, ...certificate })
  const server = await startIdentityServer(made)
  const machine = createMachine()
  const ca = path.join(machine.home, 'ca.pem')
  fs.writeFileSync(ca, made.cert)
  return {
    server,
    machine,
    call: async (env) =>
      machine.run(
        ['token', '-q', '--auth-url', `https://${HOST}/oauth2`, '--client-id', clientId, '--secret-stdin'],
        {
          input: clientSecret,
          env: { NODE_EXTRA_CA_CERTS: ca, ...env },
        },
      ),
  }
}

describe('a server beyond this machine', () => {
  test.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'])(
    'is reached through %s, by a tunnel that shows the host and nothing more',
    async (name) => {
      const { server, call } = await createSetting()
      const proxy = await startProxy({ leadsTo: server.port })
      expect(await call({ [name]: proxy.url })).toMatchObject({ code: 0, stderr: '' })
      expect(proxy.seen).toEqual([`CONNECT ${HOST}:443`])
      expect(server.requests).toHaveLength(1)
    },
  )

  test('is reached through a proxy that is named without http://', async () => {
    const { server, call } = await createSetting()
    const proxy = await startProxy({ leadsTo: server.port })
    expect((await call({ HTTPS_PROXY: `127.0.0.1:${proxy.port}` })).code).toBe(0)
  })

  test('is reached through a proxy that wants a password, which appears nowhere', async () => {
    const { server, call } = await createSetting()
    const proxy = await startProxy({ leadsTo: server.port, credentials: 'user:canary' })
    const named = `http://user:canary@127.0.0.1:${proxy.port}`
    expect(await call({ HTTPS_PROXY: named, DEBUG: '*' })).toMatchObject({ code: 0, stderr: '' })
    expect((await call({ HTTPS_PROXY: named, NODE_DEBUG: 'http,https,net,tls' })).stderr).not.toContain(
      'canary',
    )
    const { code, stderr } = await call({ HTTPS_PROXY: named.replace('user', 'other'), DEBUG: '*' })
    expect(code).toBe(6)
    expect(stderr).toMatch(
      /^error: The proxy wants a user name and a password \(407\)\.\nhint: .*HTTPS_PROXY.*\n$/,
    )
  })

  test.each([502, 403])('is not there when the proxy says %d: exit 6', async (status) => {
    const { call } = await createSetting()
    const proxy = await startProxy({ refuse: status })
    expect(await call({ HTTPS_PROXY: proxy.url })).toMatchObject({
      code: 6,
      stderr: expect.stringContaining(`would not connect to the server (${status})`),
    })
  })

  test('is not reached through a proxy that NO_PROXY exempts it from', async () => {
    const { call } = await createSetting()
    const proxy = await startProxy()
    for (const exempt of [HOST, '.example', '*']) {
      expect(await call({ HTTPS_PROXY: proxy.url, NO_PROXY: exempt })).toMatchObject({
        code: 6,
        stderr: expect.stringContaining(`The name of ${HOST} could not be resolved.`),
      })
    }
    expect(proxy.seen).toEqual([])
  })

  test('still has to prove who it is', async () => {
    for (const certificate of [{ expired: true }, { name: 'other.example' }]) {
      const { server, call } = await createSetting(certificate)
      const proxy = await startProxy({ leadsTo: server.port })
      expect(await call({ HTTPS_PROXY: proxy.url })).toMatchObject({
        code: 6,
        stderr: expect.stringMatching(
          /The certificate of id\.twitch\.example (has expired|is for another name)\./,
        ),
      })
      expect(server.requests).toEqual([])
    }
  })

  test('is not reached when the proxy is nonsense: exit 2', async () => {
    const { call } = await createSetting()
    for (const nonsense of ['socks5://127.0.0.1:1', 'http://user:50%off@127.0.0.1:1', 'http://[::1']) {
      const { code, stderr } = await call({ HTTPS_PROXY: nonsense })
      expect(code).toBe(2)
      expect(stderr).not.toContain('50%')
    }
  })

  test('is not there when the proxy is not: exit 6, and the proxy is named', async () => {
    const { call } = await createSetting()
    expect(await call({ HTTPS_PROXY: 'http://user:canary@127.0.0.1:1' })).toMatchObject({
      code: 6,
      stderr: expect.stringMatching(/^error: Nothing answers at the proxy 127\.0\.0\.1:1\.\nhint: .+\n$/),
    })
  })
})

describe('a server on this machine', () => {
  test('is reached through a proxy on this machine, and past any other', async () => {
    const server = await startIdentityServer()
    const proxy = await startProxy()
    const words = ['token', '-q', '--auth-url', server.url, '--client-id', clientId, '--secret-stdin']
    const run = async (HTTP_PROXY: string): Promise<RunResult> =>
      createMachine().run(words, { input: clientSecret, env: { HTTP_PROXY } })
    expect((await run(proxy.url)).code).toBe(0)
    expect(proxy.seen).toEqual([`POST ${server.url}/token`])
    expect((await run('http://proxy.corp.example:3128')).code).toBe(0)
    expect(server.requests).toHaveLength(2)
    const strict = await startProxy({ credentials: 'user:canary' })
    expect(await run(strict.url)).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('wants a user name and a password (407)'),
    })
  })
})
