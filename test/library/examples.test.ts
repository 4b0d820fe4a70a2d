// The examples, run as they would be in the project of somebody who has installed the package.

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'rolldown'
import { expect, test } from 'vitest'
import { type Machine, createMachine } from '../support/program.ts'

/** A project on a machine, with the package installed and one example in it. @returns the example's file */
async function createProject({ home }: Machine, example: string): Promise<string> {
  const file = path.join(home, example.replace(/ts$/, 'mjs'))
  mkdirSync(path.join(home, 'node_modules'))
  symlinkSync(path.resolve('.'), path.join(home, 'node_modules', 'twitch-token'))
  await build({
    input: path.resolve('examples', example),
    external: /^(node:|twitch-token)/,
    output: { file },
    logLevel: 'silent',
  })
  return file
}

test('the test against the local identity server passes', async () => {
  const machine = createMachine()
  const { code, stdout } = await machine.command([
    process.execPath,
    '--test',
    await createProject(machine, 'emulator.test.ts'),
  ])
  expect(stdout).toMatch(/^# pass 1$/m)
  expect(code).toBe(0)
})

test('the bot says what to do about a profile that has nobody logged in', async () => {
  const machine = createMachine()
  const file = await createProject(machine, 'bot.ts')
  mkdirSync(path.dirname(machine.profile('bot')), { recursive: true, mode: 0o700 })
  writeFileSync(machine.profile('bot'), 'CLIENTID=abc\nCLIENTSECRET=def\n', { mode: 0o600 })
  const { code, stdout, stderr } = await machine.command([process.execPath, file])
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toBe('No user token is stored.\nLog in: twitch token -u --profile bot\n')
})
