// `twitch token -u` as a process that waits, on a machine whose application is registered with a server.

import fs from 'node:fs'
import { seededApplications } from '../../src/emulator/seeds.ts'
import { type TestServer, startIdentityServer } from './identity-server.ts'
import { freePort } from './ports.ts'
import { type Machine, type RunOptions, type RunningProgram, createMachine, start } from './program.ts'

const { confidential } = seededApplications

/** A machine with an application, and what it talks to. */
export interface Setting {
  readonly machine: Machine
  readonly server: TestServer
  readonly port: number
}

/** A login that waits for its user. */
export interface Login extends Setting {
  readonly program: RunningProgram
  /** The address that was shown. */
  readonly url: string
}

/** A machine that is configured for a server, and a port that is registered there. */
export async function createSetting(
  application: { clientId: string; clientSecret?: string } = confidential,
): Promise<Setting> {
  const server = await startIdentityServer(undefined, { deviceIntervalSeconds: 1 })
  const port = await freePort()
  server.emulator.addApplication({
    ...confidential,
    redirectUris: [`http://localhost:${port}`, `http://contoso.test:${port}`],
  })
  const machine = createMachine()
  const secret = application.clientSecret === undefined ? ['--public'] : ['--secret-stdin']
  await machine.run(
    ['configure', '-i', application.clientId, ...secret, '--no-verify', '--auth-url', server.url],
    { input: application.clientSecret ?? '' },
  )
  return { machine, server, port }
}

export async function begin(
  setting: Setting,
  words: readonly string[] = [],
  options: RunOptions = {},
): Promise<Login> {
  const program = start(setting.machine, ['token', '-u', '-p', String(setting.port), ...words], options)
  const [url = ''] = await program.tells(/http:\/\/localhost:\d+\/oauth2\/authorize\S+/)
  await program.tells(/Waiting for authorization response \.\.\.\n|\{|^http/)
  return { ...setting, program, url }
}

export function kept(file: string): Record<string, string> {
  return Object.fromEntries(
    fs
      .readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(/=(.*)/s).slice(0, 2)),
  ) as Record<string, string>
}

export function unstamped(text: string): string {
  return text.replace(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d /gm, '')
}

export function exchanges({ requests }: TestServer): number {
  return requests.filter(({ body }) => body.includes('authorization_code')).length
}
