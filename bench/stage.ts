// Everything that has to be there before anything can be measured: homes with stored tokens, an identity server, the bare programs.

import { type ChildProcess, execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { generate } from 'selfsigned'
import { COMPILE_FLAGS, binaryOf } from '../build/binaries.ts'
import { fetchRuntime } from '../build/runtime.ts'
import { hostTarget } from '../build/targets.ts'
import { seededApplications } from '../src/emulator/seeds.ts'
import { ask, startScript, stopScript } from './child.ts'
import type { Running } from './tls-server.ts'

/** Where things are. */
export interface Stage {
  /** A home with so many profiles besides the default one. */
  readonly homes: ReadonlyMap<number, string>
  /** A home whose token has to be renewed. */
  readonly expiredHome: string
  /** A home for app tokens. */
  readonly appHome: string
  readonly server: Running
  /** How often a token was renewed there for each time that it had expired. */
  renewals(): Promise<number>
  /** The certificate that the programs trust. */
  readonly certificate: string
  readonly binary: string
  /** A program compiled as ours is, from a file in `programs/`. */
  compiled(name: string): string
  /** Lets the token of the one home expire again. */
  expire(): void
  clear(): void
}

/** The profile that is asked for, in every home. */
export const PROFILE = 'bot-000000'
/** How many profiles there are. */
export const PROFILES = [1, 1_000, 100_000] as const

/** Sets the stage. */
export async function setStage(): Promise<Stage> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'twitch-token-bench-'))
  const certificate = path.join(folder, 'certificate.pem')
  const identityServer = startScript(path.join(import.meta.dirname, 'tls-server.ts'))
  const server = await startServer(identityServer, certificate)
  const homes = new Map(PROFILES.map((count) => [count, path.join(folder, `home-${count}`)]))
  for (const [count, home] of homes) writeProfiles(home, count)
  const expiredHome = path.join(folder, 'home-expired')
  let expiries = 0
  const appHome = path.join(folder, 'home-app')
  writeProfile(defaultProfile(appHome), { AUTHURL: server.url })
  const target = hostTarget()
  if (target === undefined) throw new Error('There is no standalone program for this machine')
  return {
    homes,
    expiredHome,
    appHome,
    server,
    renewals: async () => (await ask<number>(identityServer, 'renewals')) / expiries,
    certificate,
    binary: binaryOf(target),
    compiled(name) {
      const output = path.join(folder, name)
      const source = path.join(import.meta.dirname, 'programs', `${name}.ts`)
      const runtime = fetchRuntime(target)
      execFileSync(
        runtime,
        ['build', source, ...COMPILE_FLAGS, `--compile-executable-path=${runtime}`, `--outfile=${output}`],
        { stdio: ['ignore', 'ignore', 'inherit'] },
      )
      return output
    },
    expire() {
      expiries++
      const file = defaultProfile(expiredHome)
      fs.rmSync(`${file}.journal`, { force: true })
      writeProfile(file, { ...userToken(server, -60), AUTHURL: server.url })
    },
    clear() {
      stopScript(identityServer)
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function startServer(child: ChildProcess, certificate: string): Promise<Running> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] },
    ],
  })
  fs.writeFileSync(certificate, cert)
  return ask<Running>(child, { key, cert })
}

function writeProfiles(home: string, count: number): void {
  const file = defaultProfile(home)
  const token = userToken({ accessToken: 'a'.repeat(30), refreshToken: 'r'.repeat(50) }, 3 * 60 * 60)
  writeProfile(file, token)
  const folder = path.join(path.dirname(file), 'profiles')
  fs.mkdirSync(folder, { mode: 0o700 })
  for (let index = 0; index < count; index++)
    writeProfile(path.join(folder, `bot-${String(index).padStart(6, '0')}.env`), token)
}

function defaultProfile(home: string): string {
  return path.join(home, '.config', 'twitch-cli', '.twitch-cli.env')
}

function userToken(
  { accessToken, refreshToken }: Pick<Running, 'accessToken' | 'refreshToken'>,
  secondsLeft: number,
): Readonly<Record<string, string>> {
  return {
    ACCESSTOKEN: accessToken,
    REFRESHTOKEN: refreshToken,
    TOKENSCOPES: '[chat:read]',
    TOKENEXPIRATION: new Date(Date.now() + secondsLeft * 1000).toISOString(),
    USERID: '100000001',
    USERLOGIN: 'mock_streamer',
  }
}

function writeProfile(file: string, values: Readonly<Record<string, string>>): void {
  const { clientId, clientSecret } = seededApplications.confidential
  const lines = Object.entries({ CLIENTID: clientId, CLIENTSECRET: clientSecret, ...values })
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  fs.writeFileSync(file, lines.map(([key, value]) => `${key}=${value}\n`).join(''), { mode: 0o600 })
}
