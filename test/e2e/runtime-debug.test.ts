// What the runtime prints of itself when its environment asks it to: no credential of ours is in it.

import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { seededApplications } from '../../src/emulator/seeds.ts'
import { makeCertificate, startIdentityServer } from '../support/identity-server.ts'
import { createMachine } from '../support/program.ts'

const { clientId, clientSecret } = seededApplications.confidential

/** Of Node, of libraries made for it, and of the standalone program's runtime, where `curl` prints bodies too. */
const TALKATIVE = { NODE_DEBUG: 'http,https,net,tls', DEBUG: '*', BUN_CONFIG_VERBOSE_FETCH: 'curl' }

test.each(['http', 'https'])('of a token that is validated over %s, and of a secret', async (scheme) => {
  const machine = createMachine()
  const certificate = scheme === 'https' ? await makeCertificate() : undefined
  const server = await startIdentityServer(certificate)
  const ca = path.join(machine.home, 'ca.pem')
  fs.writeFileSync(ca, certificate?.cert ?? '')
  const env = { ...TALKATIVE, NODE_EXTRA_CA_CERTS: ca }

  const token = server.emulator.issueUserToken(clientId, '100000001', []).accessToken
  const validated = await machine.run(['token', '-v', '-', '--auth-url', server.url], { input: token, env })
  expect(validated.code).toBe(0)
  expect(server.requests[0]?.headers['authorization']).toBe(`OAuth ${token}`)
  expect(validated.stderr).not.toContain(token)

  const words = ['token', '-q', '--auth-url', server.url, '--client-id', clientId, '--secret-stdin']
  const granted = await machine.run(words, { input: clientSecret, env })
  expect(granted.code).toBe(0)
  expect(server.requests).toHaveLength(2)
  expect(granted.stderr).not.toContain(clientSecret)
  expect(granted.stderr).not.toContain(granted.stdout.trim())
})
