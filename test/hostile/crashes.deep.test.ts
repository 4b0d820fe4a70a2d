// What is seen when the program itself is at fault: one line, no secret, and none in what Node writes down of a crash.

import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Machine, createMachine, program } from '../support/program.ts'
import { type Canary, canaries, canariesIn, startCanaryServer } from './canaries.ts'
import { type ModeRun, modes, runMode } from './modes.ts'

/** Faults are planted from outside, before the program is loaded; a standalone program loads nothing. */
const isNode = program[0] === process.execPath

const PLANTED: Readonly<Record<string, string>> = {
  'in a request': `require('node:http').ClientRequest.prototype.end = () => { throw new TypeError('planted') }`,
  'in what comes after an answer': `const { parse } = JSON; JSON.parse = (...all) => { const value = parse(...all); if (value?.access_token) Object.defineProperty(value, 'token_type', { get() { throw new TypeError('planted') } }); return value }`,
  'in storing': `require('node:fs').renameSync = require('node:fs').writeSync = () => { throw new RangeError('planted') }`,
  'in the clock': `Date.prototype.toISOString = () => { throw new RangeError('planted') }`,
}

/** Nothing in the program catches these. */
const UNCAUGHT: Readonly<Record<string, string>> = {
  'an exception': `require('node:http').ClientRequest.prototype.on = new Proxy(require('node:http').ClientRequest.prototype.on, { apply(on, self, all) { setImmediate(() => { throw new TypeError('planted') }); return Reflect.apply(on, self, all) } })`,
  'a rejection': `require('node:http').ClientRequest.prototype.on = new Proxy(require('node:http').ClientRequest.prototype.on, { apply(on, self, all) { setImmediate(() => Promise.reject(new TypeError('planted'))); return Reflect.apply(on, self, all) } })`,
}

const REPORTING = '--report-uncaught-exception --report-on-fatalerror --trace-uncaught --trace-warnings'

/** Everything that lies about on the machine beside the configuration. */
function leftBehind(machine: Machine): string {
  const kept = new Set([machine.config, `${machine.config}.journal`])
  return fs
    .readdirSync(machine.home, { recursive: true, withFileTypes: true })
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !kept.has(file) && fs.statSync(file).isFile())
    .map((file) => fs.readFileSync(file, 'utf8'))
    .join('\n')
}

async function crash(
  fault: string,
  name: string,
  verbose: boolean,
): Promise<ModeRun & { readonly left: string }> {
  const machine = createMachine({
    TWITCH_CLIENT_SECRET: canaries.environmentSecret,
    TWITCH_REFRESH_TOKEN: canaries.refreshToken,
  })
  const preload = path.join(machine.home, 'preload.cjs')
  fs.writeFileSync(preload, fault)
  const mode = modes.find((each) => each.name === name)
  if (mode === undefined) throw new Error(`There is no mode ${name}`)
  const run = await runMode(machine, await startCanaryServer(), mode, {
    flags: verbose ? ['--verbose'] : [],
    env: { NODE_OPTIONS: `--require=${preload} --report-dir=${machine.home} ${REPORTING}` },
  })
  return { ...run, left: leftBehind(machine) }
}

/** What may have been said before the fault. */
const ASKED_FOR: readonly Canary[] = ['newAppToken', 'newAccessToken', 'newRefreshToken']

describe.runIf(isNode)('a fault of our own', () => {
  test.each(
    Object.entries(PLANTED).flatMap(([where, fault]) =>
      ['token', 'token --secret-stdin', 'token -v', 'token -R', 'print'].map(
        (name) => [where, name, fault] as const,
      ),
    ),
  )('%s is told in a line (%s)', async (_where, name, fault) => {
    for (const verbose of [false, true]) {
      const { code, signal, stdout, stderr, left } = await crash(fault, name, verbose)
      expect(signal).toBeNull()
      expect(canariesIn(stdout).filter((found) => !(ASKED_FOR as readonly string[]).includes(found))).toEqual(
        [],
      )
      expect(canariesIn(stderr)).toEqual([])
      expect(canariesIn(left)).toEqual([])
      if (code === 1 && !verbose)
        expect(stderr).toMatch(/A fault of twitch-token \S+ itself \((Type|Range)Error\)\./)
      if (!verbose) expect(stderr).not.toMatch(/\n\s+at /)
    }
  })

  test.each(Object.entries(UNCAUGHT))(
    'that nothing catches, %s, leaves a report without a secret',
    async (_what, fault) => {
      for (const name of ['token --secret-stdin', 'token -R', 'print']) {
        const { code, stdout, stderr, left } = await crash(fault, name, true)
        expect(code).toBe(1)
        expect(left).toContain('"environmentVariables"')
        expect(left).not.toContain('TWITCH_CLIENT_SECRET')
        expect(canariesIn(`${stdout} ${stderr} ${left}`)).toEqual([])
      }
    },
  )
})
