// Credentials on the command line, where the system shows it to every other user of the machine.

import fs from 'node:fs'
import { expect, test } from 'vitest'
import { seededApplications } from '../../src/emulator/seeds.ts'
import { startIdentityServer } from '../support/identity-server.ts'
import { createMachine, start } from '../support/program.ts'
import { hasFile } from '../support/tools.ts'

const { clientId } = seededApplications.confidential
const CANARY = 'canarysecretcanarysecretcanary'

test.runIf(hasFile('/proc/self/cmdline')).each([
  ['-v', ['token', '-v', CANARY]],
  ['-r', ['token', '--client-id', clientId, `--revoke=${CANARY}`]],
  ['-R', ['token', '--client-id', clientId, `-R${CANARY}`]],
  ['--secret', ['token', '--client-id', clientId, '--secret', CANARY]],
  ['-s of configure', ['configure', '-i', clientId, '-s', CANARY]],
])('%s is gone from the list of processes by the time that anything is sent', async (_flag, words) => {
  const server = await startIdentityServer()
  let shown: string | undefined
  server.interfere = () => {
    shown = fs.readFileSync(`/proc/${program.child.pid}/cmdline`, 'utf8')
    return false
  }
  const program = start(createMachine(), [...words, '--auth-url', server.url])
  await program.ended
  expect(shown).toMatch(/^twitch\0/)
  expect(shown).not.toContain('canary')
})
