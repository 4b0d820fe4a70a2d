// Somebody with the program, a configuration file, and a network that is the emulator.

import { run } from '../../src/cli/run.ts'
import type { Http, World } from '../../src/domain/ports.ts'
import type { Emulator } from '../../src/emulator/emulator.ts'
import { seededApplications } from '../../src/emulator/seeds.ts'
import type { HttpRequest } from '../../src/wire/http.ts'
import {
  type FakeClock,
  type FakeTerminalOptions,
  createFakeClock,
  createMemoryFiles,
  createTestEmulator,
  createTestWorld,
} from './world.ts'

const { confidential } = seededApplications

/** The default profile's file. */
export const CONFIG = '/home/someone/.config/twitch-cli/.twitch-cli.env'

/** That somebody. */
export interface Somebody {
  readonly clock: FakeClock
  readonly emulator: Emulator
  readonly requests: readonly HttpRequest[]
  /** The default profile's file, as keys and values. */
  kept(profile?: string): Record<string, string>
  /** The files, byte for byte. */
  readonly contents: Map<string, string>
  twitch(
    words: readonly string[],
    options?: FakeTerminalOptions & {
      environment?: Record<string, string>
      http?: Http
      execute?: World['execute']
    },
  ): Promise<{ code: number; stdout: string; stderr: string }>
}

/** Makes a {@link Somebody}. */
export function createSomebody(configuration = ''): Somebody {
  process.env['TZ'] = 'UTC'
  const clock = createFakeClock()
  const emulator = createTestEmulator(clock)
  const contents = new Map<string, string>()
  if (configuration !== '') contents.set(CONFIG, configuration)
  const requests: HttpRequest[] = []
  const pathOf = (profile: string): string =>
    CONFIG.replace('.twitch-cli.env', profile === 'default' ? '.twitch-cli.env' : `profiles/${profile}.env`)
  return {
    clock,
    emulator,
    requests,
    contents,
    kept: (profile = 'default') =>
      Object.fromEntries(
        (contents.get(pathOf(profile)) ?? '')
          .trim()
          .split('\n')
          .filter(Boolean)
          .map((line) => line.split(/=(.*)/s).slice(0, 2)),
      ) as Record<string, string>,
    async twitch(words, options = {}) {
      const http: Http = async (request) => {
        requests.push(request)
        return emulator.handle(request)
      }
      const world = createTestWorld({ clock, files: createMemoryFiles(contents), http, ...options })
      const code = await run(words, world)
      return { code, stdout: world.terminal.stdout, stderr: world.terminal.stderr }
    },
  }
}

/** The text of a file that has this application. */
export function configured(application: { clientId: string; clientSecret?: string } = confidential): string {
  const secret =
    application.clientSecret === undefined ? 'CLIENTTYPE=public' : `CLIENTSECRET=${application.clientSecret}`
  return `CLIENTID=${application.clientId}\n${secret}\n`
}

/** Makes a {@link Somebody} who is logged in. */
export function createUser(
  application: { clientId: string; clientSecret?: string } = confidential,
): Somebody & { accessToken: string; refreshToken: string } {
  const somebody = createSomebody()
  const { accessToken, refreshToken = '' } = somebody.emulator.issueUserToken(
    application.clientId,
    '100000001',
    ['chat:read', 'user:read:email'],
  )
  somebody.contents.set(
    CONFIG,
    `${configured(application)}ACCESSTOKEN=${accessToken}\nREFRESHTOKEN=${refreshToken}\nTOKENSCOPES=[chat:read user:read:email]\nTOKENEXPIRATION=2026-11-23T16:00:00Z\nUSERID=100000001\nUSERLOGIN=mock_streamer\n`,
  )
  return { ...somebody, accessToken, refreshToken }
}
