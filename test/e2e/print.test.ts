// `token print` as a process: what becomes of the token when its output can't take it, and how the lock and the clock treat it.

import fs from 'node:fs'
import { describe, expect, test } from 'vitest'
import { holdLock } from '../support/lock-holder.ts'
import { type Machine, program } from '../support/program.ts'
import { shellWords } from '../support/pty.ts'
import { type StoredTokens, type StoredUser, createStoredUser } from '../support/stored-user.ts'
import { hasTool } from '../support/tools.ts'

/** Somebody whose token has so many seconds left. */
async function createUser(secondsLeft: number): Promise<StoredUser & StoredTokens> {
  const user = await createStoredUser({ secondsLeft })
  return { ...user, ...user.tokens }
}

/** Runs a shell line on a machine. */
async function shell(machine: Machine, line: string): Promise<{ code: number | null; stderr: string }> {
  const { code, stderr } = await machine.command(['/bin/bash', '-c', line])
  return { code, stderr }
}

const PRINT = shellWords(['token', 'print'])

describe('a token that its output can not take', () => {
  test('is not lost when the output is closed: nothing is renewed', async () => {
    const { machine, server } = await createUser(-10)
    const { code, stderr } = await shell(machine, `${PRINT} >&-`)
    expect(code).toBe(3)
    expect(stderr).toMatch(/^error: Standard output is closed.*\nhint: .*\n$/)
    expect(server.requests).toEqual([])
  })

  test('is stored when the device is full', async () => {
    const { machine } = await createUser(-10)
    const { code, stderr } = await shell(machine, `${PRINT} > /dev/full`)
    expect(code).toBe(3)
    expect(stderr).toMatch(/^error: Standard output can't be written: the disk is full\.\nhint: .*\n$/)
    const { stdout } = await machine.run(['token', 'print'])
    expect(fs.readFileSync(machine.config, 'utf8')).toContain(`ACCESSTOKEN=${stdout.trim()}\n`)
  })

  test('is stored when its reader has gone, which is no failure', async () => {
    const { machine, accessToken } = await createUser(-10)
    const { code, stderr } = await shell(machine, `set -o pipefail; { ${PRINT}; echo $? >&2; } | true`)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '0\n' })
    const { stdout } = await machine.run(['token', 'print'])
    expect(stdout).not.toContain(accessToken)
  })

  test('is thrown away where that is wanted', async () => {
    const { machine } = await createUser(3600)
    expect(await shell(machine, `${PRINT} > /dev/null`)).toEqual({ code: 0, stderr: '' })
  })
})

test('a token on disk is printed without a lock, though somebody holds it, and without network', async () => {
  const { machine, server, accessToken } = await createUser(3600)
  await server.close()
  const holder = await holdLock(machine.config)
  try {
    const began = performance.now()
    expect(await machine.run(['token', 'print'])).toEqual({
      code: 0,
      signal: null,
      stdout: `${accessToken}\n`,
      stderr: '',
    })
    expect(performance.now() - began).toBeLessThan(5000)
  } finally {
    holder.kill('SIGKILL')
  }
})

test.skipIf(!hasTool('faketime'))(
  'a clock that is a day ahead, or a day behind, costs a request and no token',
  async () => {
    const { machine, server, accessToken } = await createUser(3600)
    const { stdout: renewed } = await machine.command(['faketime', '-f', '+1d', ...program, 'token', 'print'])
    expect(renewed).not.toContain(accessToken)
    expect(server.requests.map(({ target }) => target)).toEqual(['/oauth2/token'])
    // Stored by a clock that was a day ahead: to the right one, the token comes from the future.
    const { stdout } = await machine.run(['token', 'print'])
    expect(stdout).toBe(renewed)
    expect(server.requests.map(({ target }) => target)).toEqual(['/oauth2/token', '/oauth2/validate'])
  },
)
