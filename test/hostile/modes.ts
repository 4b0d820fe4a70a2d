// Every command that talks to an identity server, in every mode: how it is called, with what stored, and what it asks for.

import fs from 'node:fs'
import path from 'node:path'
import { freePort } from '../support/ports.ts'
import { type Machine, type RunOptions, type RunResult, start } from '../support/program.ts'
import { type Canary, type CanaryServer, canaries } from './canaries.ts'

/** A command in a mode. */
export interface Mode {
  readonly name: string
  readonly words: readonly string[]
  /** What is piped in. */
  readonly input?: string
  /** What is stored before: nothing, or a profile with tokens that have expired, or last. */
  readonly stored: 'nothing' | 'expired' | 'lasting'
  /** What the requests ask for, in their order. */
  readonly asks: readonly ('/token' | '/validate' | '/revoke' | '/device')[]
  /** The secrets that standard output is there for, when it goes well. */
  readonly shows: readonly Canary[]
  /** Whether somebody has to come back from the browser. */
  readonly browser?: true
}

const given = ['--client-id', 'abc', '--secret-stdin']
const { clientSecret: input, typedToken } = canaries

/** Writes down its environment. */
const DUMP = "fs.writeFileSync(process.env.HOME + '/child.env', JSON.stringify(process.env))"

/** Every one of them. */
export const modes: readonly Mode[] = [
  {
    name: 'configure',
    words: ['configure', '-i', 'abc', '--secret-stdin'],
    input,
    stored: 'nothing',
    asks: ['/token'],
    shows: [],
  },
  {
    name: 'configure --public',
    words: ['configure', '-i', 'abc', '--public'],
    stored: 'nothing',
    asks: ['/device'],
    shows: [],
  },
  { name: 'token', words: ['token'], stored: 'expired', asks: ['/token'], shows: ['newAppToken'] },
  {
    name: 'token --secret-stdin',
    words: ['token', ...given],
    input,
    stored: 'nothing',
    asks: ['/token'],
    shows: ['newAppToken'],
  },
  {
    name: 'token -v',
    words: ['token', '-v', '-'],
    input: typedToken,
    stored: 'lasting',
    asks: ['/validate'],
    shows: [],
  },
  {
    name: 'token -r',
    words: ['token', '-r', '-'],
    input: typedToken,
    stored: 'lasting',
    asks: ['/revoke'],
    shows: [],
  },
  {
    name: 'token -R',
    words: ['token', '-R', '-'],
    input: typedToken,
    stored: 'lasting',
    asks: ['/token'],
    shows: ['newAccessToken', 'newRefreshToken'],
  },
  {
    name: 'token -u',
    words: ['token', '-u', '--open', '-s', 'chat:read'],
    stored: 'lasting',
    asks: ['/token', '/validate'],
    shows: ['newAccessToken', 'newRefreshToken'],
    browser: true,
  },
  {
    name: 'token -u --dcf',
    words: ['token', '-u', '--dcf', '-s', 'chat:read', '--open'],
    stored: 'lasting',
    asks: ['/device', '/token', '/validate'],
    shows: ['newAccessToken', 'newRefreshToken'],
  },
  {
    name: 'print',
    words: ['token', 'print'],
    stored: 'expired',
    asks: ['/token'],
    shows: ['newAccessToken'],
  },
  {
    name: 'print, from disk',
    words: ['token', 'print'],
    stored: 'lasting',
    asks: [],
    shows: ['accessToken'],
  },
  {
    name: 'print --app',
    words: ['token', 'print', '--app'],
    stored: 'expired',
    asks: ['/token'],
    shows: ['newAppToken'],
  },
  {
    name: 'print --validate',
    words: ['token', 'print', '--validate'],
    stored: 'lasting',
    asks: ['/validate'],
    shows: ['accessToken'],
  },
  {
    name: 'exec',
    words: ['token', 'exec', '--', process.execPath, '-e', DUMP],
    stored: 'expired',
    asks: ['/token'],
    shows: [],
  },
  {
    name: 'status --check',
    words: ['token', 'status', '--check'],
    stored: 'lasting',
    asks: ['/validate', '/validate'],
    shows: [],
  },
  { name: 'logout', words: ['token', 'logout'], stored: 'lasting', asks: ['/revoke', '/revoke'], shows: [] },
]

/** Puts on disk what the mode wants there. */
function store(machine: Machine, server: CanaryServer, stored: Mode['stored']): void {
  fs.rmSync(path.dirname(machine.config), { recursive: true, force: true })
  if (stored === 'nothing') return
  const expires = new Date(Date.now() + (stored === 'lasting' ? 9_000_000 : -1_000)).toISOString()
  const lines = {
    ACCESSTOKEN: canaries.accessToken,
    APPACCESSTOKEN: canaries.appToken,
    APPTOKENEXPIRATION: expires,
    AUTHURL: server.url,
    CLIENTID: 'abc',
    CLIENTSECRET: canaries.clientSecret,
    REFRESHTOKEN: canaries.refreshToken,
    TOKENEXPIRATION: expires,
    TOKENSCOPES: '[chat:read]',
  }
  fs.mkdirSync(path.dirname(machine.config), { recursive: true, mode: 0o700 })
  const text = Object.entries(lines).map(([key, value]) => `${key}=${value}\n`)
  fs.writeFileSync(machine.config, text.join(''), { mode: 0o600 })
}

/** A run, and the `state` of its login if it was one. */
export interface ModeRun extends RunResult {
  readonly state: string
}

/** Runs the program in the mode; somebody comes back from the browser where that is waited for. */
export async function runMode(
  machine: Machine,
  server: CanaryServer,
  mode: Mode,
  { flags = [], ...options }: RunOptions & { readonly flags?: readonly string[] } = {},
): Promise<ModeRun> {
  store(machine, server, mode.stored)
  const [command = '', ...rest] = mode.words
  const named = mode.stored === 'nothing' || mode.name === 'token -v' ? ['--auth-url', server.url] : []
  const port = mode.browser === true ? ['-p', String(await freePort())] : []
  const running = start(machine, [command, ...named, ...flags, ...port, ...rest], {
    ...options,
    input: mode.input ?? '',
  })
  if (mode.browser !== true) return { ...(await running.ended), state: '' }
  const [, address = ''] = await running.tells(/(http\S*\/authorize\?\S+)\n/)
  const state = new URL(address).searchParams.get('state') ?? ''
  await answered(`http://localhost:${port[1]}/?code=${canaries.code}&state=${state}`)
  return { ...(await running.ended), state }
}

/** The browser comes back; the program may end before its page has been read. */
async function answered(address: string): Promise<void> {
  await fetch(address)
    .then(async (page) => page.text())
    .catch(() => undefined)
}
