// Thirteen secrets through every command, at its most talkative, in success and in failure: none is seen where it was not asked for.

import fs from 'node:fs'
import path from 'node:path'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCertificate } from '../support/identity-server.ts'
import { type Machine, createMachine } from '../support/program.ts'
import { startProxy } from '../support/proxy.ts'
import { hasFile } from '../support/tools.ts'
import {
  type Canary,
  type CanaryServer,
  type Manner,
  canaries,
  canariesIn,
  startCanaryServer,
} from './canaries.ts'
import { type Mode, type ModeRun, modes, runMode } from './modes.ts'

const short = process.env['TORTURE'] === 'short'
const VOICES = short ? [[]] : [[], ['--json'], ['-q']]
const SCHEMES = short ? (['https'] as const) : (['http', 'https'] as const)

/** What may be kept in the configuration file. */
const KEPT: readonly Canary[] = [
  'clientSecret',
  'accessToken',
  'refreshToken',
  'appToken',
  'newAccessToken',
  'newRefreshToken',
  'newAppToken',
]

/** What a file may hold: our own the tokens that are kept, those of the programs that were started what they were started with. */
function mayHold(file: string, machine: Machine): readonly Canary[] {
  switch (file) {
    case machine.config:
      return KEPT
    case `${machine.config}.journal`:
      return KEPT.filter((name) => name !== 'clientSecret')
    case path.join(machine.home, 'browser.env'):
      return ['proxyPassword']
    case path.join(machine.home, 'child.env'):
      return ['proxyPassword', 'newAccessToken']
    default:
      return []
  }
}

type Ending = Manner | 'cuts off' | 'babbles'
const ENDINGS: readonly Ending[] = short
  ? ['grants', 'repeats']
  : ['grants', 'refuses', 'repeats', 'cuts off', 'babbles']

/**
 * What Node prints on request, but for two: with `stream` it prints the bytes of all that is read, with `child_process`
 * the whole environment of every program that is started.
 */
const NODE_DEBUG = 'http,https,http2,net,tls,fs,url,dns,worker,timers,module,esm,cluster,repl,policy'

interface Setting {
  readonly machine: Machine
  readonly server: CanaryServer
}

/** A machine that is full of secrets, and a server that deals in them. */
async function createSetting(scheme: 'http' | 'https', ending: Ending): Promise<Setting> {
  const certificate = scheme === 'https' ? await makeCertificate() : undefined
  const server = await startCanaryServer(
    ending === 'cuts off' || ending === 'babbles' ? 'grants' : ending,
    certificate,
  )
  const proxy = await startProxy({ credentials: `user:${canaries.proxyPassword}` })
  const machine = createMachine({
    HTTP_PROXY: `http://user:${canaries.proxyPassword}@127.0.0.1:${proxy.port}`,
    HTTPS_PROXY: `http://user:${canaries.proxyPassword}@127.0.0.1:${proxy.port}`,
    TWITCH_CLIENT_SECRET: canaries.environmentSecret,
    TWITCH_CLIENTSECRET: canaries.environmentSecret,
    TWITCH_ACCESS_TOKEN: canaries.typedToken,
    TWITCH_REFRESH_TOKEN: canaries.typedToken,
    DEBUG: '*',
    NODE_DEBUG,
    BUN_CONFIG_VERBOSE_FETCH: 'curl',
  })
  server.interfere = (_request, response) => {
    if (ending === 'cuts off') response.destroy()
    if (ending === 'babbles')
      response.end(`{"access_token":"${canaries.newAccessToken}\\n","x":"${canaries.idToken}"`)
    return ending === 'cuts off' || ending === 'babbles'
  }
  const ca = path.join(machine.home, 'ca.pem')
  fs.writeFileSync(ca, certificate?.cert ?? '')
  const browser = path.join(machine.home, 'browser')
  fs.writeFileSync(browser, '#!/bin/sh\nenv > "$HOME/browser.env"\n', { mode: 0o755 })
  return { machine, server }
}

async function runIn({ machine, server }: Setting, mode: Mode, voice: readonly string[]): Promise<ModeRun> {
  // The device code's page is of the server that is talked to: the browser is given it too.
  return runMode(machine, server, mode, {
    flags: ['--verbose', ...voice],
    env: {
      NODE_EXTRA_CA_CERTS: path.join(machine.home, 'ca.pem'),
      BROWSER: path.join(machine.home, 'browser'),
    },
  })
}

/** The command lines of all processes, looked at all the time. */
const seen = new Set<string>()
let timer: NodeJS.Timeout | undefined
beforeAll(() => {
  if (hasFile('/proc/self/cmdline')) timer = setInterval(lookAround, 5)
})
afterAll(() => clearInterval(timer))

function lookAround(): void {
  for (const name of fs.readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      seen.add(fs.readFileSync(`/proc/${name}/cmdline`, 'utf8'))
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** Every file below the folder, with what is in it. */
function filesIn(folder: string): readonly (readonly [string, string])[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => [file, fs.readFileSync(file, 'utf8')] as const)
}

function expectNoneBesides(text: string, allowed: readonly string[], run: ModeRun, where = ''): void {
  const found = canariesIn(text, run.state === '' ? {} : { state: run.state })
  expect({ where, found: found.filter((name) => !allowed.includes(name)) }).toEqual({ where, found: [] })
}

describe.each(SCHEMES)('over %s', (scheme) => {
  describe.each(ENDINGS)('with a server that %s', (ending) => {
    test.each(modes)('$name', { timeout: 60_000 }, async (mode) => {
      for (const voice of VOICES) {
        const setting = await createSetting(scheme, ending)
        const run = await runIn(setting, mode, voice)
        const { machine, server } = setting
        const worked = ending === 'grants' || mode.asks.length === 0
        if (worked) expect(run).toMatchObject({ code: 0 })
        expectNoneBesides(run.stdout, worked ? mode.shows : [], run)
        // The address that a browser is to visit has the state in it.
        expectNoneBesides(run.stderr.replaceAll(/http\S*\/authorize\?\S+/g, ''), [], run)

        for (const [file, text] of filesIn(machine.home))
          expectNoneBesides(text, mayHold(file, machine), run, file)
        for (const { target, headers } of server.requests) {
          const { authorization: _, 'proxy-authorization': __, ...others } = headers
          expectNoneBesides(`${target} ${JSON.stringify(others)}`, [], run)
        }
      }
    })
  })
})

test('none of them was ever in the list of processes', () => {
  expect([...seen].some((line) => line.includes('--verbose'))).toBe(true)
  expect([...seen].filter((line) => canariesIn(line).length > 0)).toEqual([])
})

test('one of them would be found, however it is spelled', () => {
  const { code, proxyPassword } = canaries
  const spelled = [
    `?code=${code}&x`,
    Buffer.from(`user:${proxyPassword}`).toString('base64'),
    Buffer.from(`x:${proxyPassword}:y`).toString('base64url'),
    Buffer.from(code).toString('hex'),
    inspect(Buffer.from(code)),
  ]
  for (const text of spelled) expect({ text, found: canariesIn(text).length }).toEqual({ text, found: 1 })
})

test('programs that are started get what they are given, and nothing more', async () => {
  for (const [name, file, found] of [
    ['exec', 'child.env', ['newAccessToken', 'proxyPassword']],
    ['token -u', 'browser.env', ['proxyPassword']],
  ] as const) {
    const setting = await createSetting('http', 'grants')
    const mode = modes.find((each) => each.name === name)
    if (mode === undefined) throw new Error(`There is no mode ${name}`)
    await runIn(setting, mode, [])
    expect(canariesIn(fs.readFileSync(path.join(setting.machine.home, file), 'utf8'))).toEqual(found)
  }
})
