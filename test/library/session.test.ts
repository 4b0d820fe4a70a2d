// The built library, as a program has it: the same files, lock and rules as the command.

import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { createSession, type SessionOptions } from '../../src/index.ts'
import { seededApplications } from '../../src/emulator/seeds.ts'
import { startIdentityServer } from '../support/identity-server.ts'
import { type Machine, createMachine } from '../support/program.ts'

const { confidential } = seededApplications

/** Runs a module against the built library on a machine. */
async function runModule(machine: Machine, code: string): Promise<string> {
  const library = path.resolve('dist/index.mjs')
  const script = `import { createSession, Failure } from ${JSON.stringify(library)}\n${code}`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    env: { PATH: process.env['PATH'], HOME: machine.home },
  })
  return stdout
}

describe('a session of the library', () => {
  test('hands out what the command has stored, and the command what it has renewed', async () => {
    const server = await startIdentityServer()
    const machine = createMachine()
    const words = ['configure', '-i', confidential.clientId, '--secret-stdin', '--auth-url', server.url]
    await machine.run(words, { input: confidential.clientSecret })
    const { stdout: stored } = await machine.run(['token', 'print'])
    const script = (minValid: string): string =>
      `const { accessToken } = await createSession().accessToken({ minValid: ${minValid} }); console.log(accessToken.reveal())`
    expect(await runModule(machine, script('0'))).toBe(stored)
    const renewed = await runModule(machine, script('70 * 86_400_000'))
    const { stdout: after } = await machine.run(['token', 'print'])
    expect(after).toBe(renewed)
  })

  test('shares one renewal among all callers of a process', async () => {
    const server = await startIdentityServer()
    const machine = createMachine()
    const words = ['configure', '-i', confidential.clientId, '--secret-stdin', '--auth-url', server.url]
    await machine.run(words, { input: confidential.clientSecret })
    const sent = server.requests.length
    const stdout = await runModule(
      machine,
      `const session = createSession()
       const tokens = await Promise.all(Array.from({ length: 50 }, () => session.accessToken()))
       console.log(new Set(tokens.map(({ accessToken }) => accessToken.reveal())).size, String(tokens[0].accessToken))`,
    )
    expect(stdout).toBe('1 [secret]\n')
    expect(server.requests.length - sent).toBe(1)
  })

  test('ends a request by its signal', async () => {
    const server = await startIdentityServer()
    server.interfere = () => true
    const controller = new AbortController()
    const config = path.join(createMachine().home, 'config.env')
    const session = createSession({
      config,
      authUrl: server.url,
      clientId: 'id',
      clientSecret: 'secret',
      signal: controller.signal,
    })
    const waiting = session.accessToken()
    setTimeout(() => controller.abort(new Error('enough')), 100)
    await expect(waiting).rejects.toThrow('enough')
    expect(fs.existsSync(config)).toBe(false)
  })

  test.each<[string, SessionOptions]>([
    ['a profile’s name', { profile: '../x' }],
    ['a URL', { authUrl: 'http://example.com' }],
    ['a Client ID', { clientId: 'a b' }],
    ['a Client Secret', { clientSecret: '' }],
  ])('refuses %s that can not be one', (_name, options) => {
    expect(() => createSession(options)).toThrow(expect.objectContaining({ kind: 'usage' }) as Error)
  })
})
