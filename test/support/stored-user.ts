// Somebody whose user token is on disk, in the official CLI's file, and a server that knows it.

import fs from 'node:fs'
import path from 'node:path'
import type { EmulatorOptions } from '../../src/emulator/emulator.ts'
import { seededApplications } from '../../src/emulator/seeds.ts'
import { type TestServer, startIdentityServer } from './identity-server.ts'
import { type Machine, createMachine } from './program.ts'

/** That somebody. */
export interface StoredUser {
  readonly machine: Machine
  readonly server: TestServer
  /** The tokens that were stored first. */
  readonly tokens: StoredTokens
}

/** What was stored. */
export interface StoredTokens {
  readonly accessToken: string
  readonly refreshToken: string
}

/** What a test may want otherwise. */
export interface StoredUserOptions {
  /** How long the token lasts from now on, in seconds; below zero it has expired. */
  readonly secondsLeft: number
  readonly type?: 'confidential' | 'public'
  readonly behaviour?: Partial<EmulatorOptions>
}

/** Makes a {@link StoredUser}. */
export async function createStoredUser(options: StoredUserOptions): Promise<StoredUser> {
  const server = await startIdentityServer(undefined, options.behaviour)
  const machine = createMachine()
  return { machine, server, tokens: storeTokens(machine.config, server, options) }
}

/** Issues tokens, and writes them into a file as the official CLI would. What we knew about the file is gone. */
export function storeTokens(
  file: string,
  server: TestServer,
  { secondsLeft, type = 'confidential' }: StoredUserOptions,
): StoredTokens {
  const { clientId } = seededApplications[type]
  const { accessToken, refreshToken = '' } = server.emulator.issueUserToken(clientId, '100000001', [
    'chat:read',
  ])
  const lines = {
    CLIENTID: clientId,
    ...(type === 'public'
      ? { CLIENTTYPE: 'public' }
      : { CLIENTSECRET: seededApplications.confidential.clientSecret }),
    AUTHURL: server.url,
    ACCESSTOKEN: accessToken,
    REFRESHTOKEN: refreshToken,
    TOKENSCOPES: '[chat:read]',
    TOKENEXPIRATION: new Date(Date.now() + secondsLeft * 1000).toISOString(),
  }
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const text = Object.entries(lines).map(([key, value]) => `${key}=${value}\n`)
  fs.writeFileSync(file, text.join(''), { mode: 0o600 })
  fs.rmSync(`${file}.journal`, { force: true })
  return { accessToken, refreshToken }
}

/** Makes the stored token expire, whatever is known of it. */
export function expireToken(file: string): void {
  const text = fs
    .readFileSync(file, 'utf8')
    .replace(/^TOKENEXPIRATION=.*$/m, 'TOKENEXPIRATION=2020-01-01T00:00:00Z')
  fs.writeFileSync(file, text)
  fs.rmSync(`${file}.journal`, { force: true })
}
