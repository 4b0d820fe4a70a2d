// The emulator as its library gives it, on a real port, for the programs of others: with a clock that can be set forward, and a person.

import { onTestFinished } from 'vitest'
import {
  type RunningEmulator,
  type StartOptions,
  seededApplications,
  startEmulator,
} from '../../src/emulator.ts'

/** The seeded application with a secret. */
export const confidential: (typeof seededApplications)['confidential'] = seededApplications.confidential
/** The seeded application without one. */
export const open: (typeof seededApplications)['public'] = seededApplications.public
/** The confidential application's redirect URL. */
export const REDIRECT_URI = 'http://localhost:3000'

/** A running emulator, and what a test does with it. */
export interface ServerForOthers {
  readonly emulator: RunningEmulator
  /** The origin that the server answers at. */
  readonly origin: string
  /** Sets the server's clock forward. */
  advance(seconds: number): void
  /** What was received since the last call, as `POST /auth/token 200`. */
  received(): readonly string[]
  /** Where the browser ends after somebody has pressed Authorize, as seen by the application. */
  authorize(query?: Readonly<Record<string, string>>): Promise<URL>
  /** An authorization code for these scopes. */
  code(...scopes: readonly string[]): Promise<string>
  /** What the server says of an access token, asked without anybody's library. */
  isAlive(accessToken: string): Promise<boolean>
}

/** Starts the server. */
export async function serveOthers(options: StartOptions = {}): Promise<ServerForOthers> {
  let ahead = 0
  let seen = 0
  const emulator = await startEmulator({ now: () => Date.now() + ahead, ...options })
  onTestFinished(async () => emulator.close())
  const authorize: ServerForOthers['authorize'] = async (query = {}) => {
    const parameters = new URLSearchParams({
      client_id: confidential.clientId,
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      ...query,
    })
    return new URL(await emulator.approveLogin(`${emulator.url}/authorize?${parameters.toString()}`))
  }
  return {
    emulator,
    origin: new URL(emulator.url).origin,
    advance: (seconds) => void (ahead += seconds * 1000),
    received() {
      const entries = emulator.journal.slice(seen)
      seen = emulator.journal.length
      return entries.map(({ method, path, status }) => `${method} ${path} ${status}`)
    },
    authorize,
    async code(...scopes) {
      const { searchParams } = await authorize({ scope: scopes.join(' ') })
      return searchParams.get('code') ?? ''
    },
    async isAlive(accessToken) {
      const { status } = await emulator.handle({
        method: 'GET',
        url: `${emulator.url}/validate`,
        headers: { authorization: `OAuth ${accessToken}` },
        body: '',
      })
      seen = emulator.journal.length
      return status === 200
    },
  }
}
