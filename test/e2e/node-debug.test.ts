// What Node prints of itself when NODE_DEBUG asks it to: no credential of ours is in it.

import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { seededApplications } from '../../src/emulator/seeds.ts'
import { makeCertificate, startIdentityServer } from '../support/identity-server.ts'
import { createMachine } from '../support/program.ts'

const { clientId } = seededApplications.confidential

test.each(['http', 'https'])('a token that is validated over %s is not printed', async (scheme) => {
  const machine = createMachine()
  const certificate = scheme === 'https' ? await makeCertificate() : undefined
  const server = await startIdentityServer(certificate)
  const ca = path.join(machine.home, 'ca.pem')
  fs.writeFileSync(ca, certificate?.cert ?? '')
  const token = server.emulator.issueUserToken(clientId, '100000001', []).accessToken
  const { code, stderr } = await machine.run(['token', '-v', '-', '--auth-url', server.url], {
    input: token,
    env: { NODE_EXTRA_CA_CERTS: ca, NODE_DEBUG: 'http,https,net,tls', DEBUG: '*' },
  })
  expect(code).toBe(0)
  expect(server.requests[0]?.headers['authorization']).toBe(`OAuth ${token}`)
  expect(stderr).not.toContain(token)
})
