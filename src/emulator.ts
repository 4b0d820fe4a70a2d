// The emulator's door: the local identity server as a library.

import { type Emulator, type EmulatorOptions, createEmulator } from './emulator/emulator.ts'
import { systemClock } from './platform/clock.ts'
import { systemRandom } from './platform/random.ts'
import { serve } from './platform/server.ts'

export { type Dialect, defaultDialect, strictDialect } from './emulator/dialect.ts'
export { type Emulator, type EmulatorOptions, createEmulator } from './emulator/emulator.ts'
export type { JournalEntry } from './emulator/journal.ts'
export type {
  ApplicationRecord,
  AuthorizationCodeRecord,
  ConsentRecord,
  DeviceCodeRecord,
  EmulatorSnapshot,
  UserRecord,
} from './emulator/records.ts'
export type { ScriptedAnswer } from './emulator/script.ts'
export { seededApplications } from './emulator/seeds.ts'
export type { Issued } from './emulator/tokens.ts'
export type { AnswerFault, HttpAnswer, HttpRequest } from './wire/http.ts'

/** Where a server is to listen, and how it is to behave. */
export interface StartOptions extends Partial<EmulatorOptions> {
  /** Any free port if none is given. */
  readonly port?: number
}

/** A server that is up. */
export interface RunningEmulator extends Emulator {
  /** The base URL, to be put where `https://id.twitch.tv/oauth2` stands. */
  readonly url: string
  readonly port: number
  /** Stops, and drops every connection. */
  close(): Promise<void>
}

/**
 * Starts the server on 127.0.0.1.
 *
 * @throws Failure `busy` when the port is taken
 */
export async function startEmulator({ port = 0, ...options }: StartOptions = {}): Promise<RunningEmulator> {
  const emulator = createEmulator({
    now: () => systemClock.now().getTime(),
    random: (count) => systemRandom.bytes(count),
    ...options,
  })
  const listening = await serve(async (request) => emulator.handle(request), {
    address: '127.0.0.1',
    port,
    connections: 1024,
    acceptsHost: ({ hostname }) => ['localhost', '127.0.0.1'].includes(hostname),
  })
  return Object.assign(Object.create(emulator) as Emulator, {
    url: `http://localhost:${listening.port}/oauth2`,
    port: listening.port,
    close: async () => listening.close(),
  })
}
