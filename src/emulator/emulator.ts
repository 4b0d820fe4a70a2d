// The identity server as a function from request to answer: no socket, no clock and no randomness of its own.

import type { HttpAnswer, HttpRequest } from '../wire/http.ts'
import { notFound } from './answers.ts'
import { allEndpoints } from './endpoints/index.ts'
import { type Issued, Ledger } from './ledger.ts'
import type { ApplicationRecord, EmulatorSnapshot, UserRecord } from './records.ts'
import { readRequest } from './request.ts'
import type { RandomBytes } from './values.ts'

/** What the server is made of. */
export interface EmulatorOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly random: RandomBytes
  /** What an earlier server knew; without it, the seeded applications and users. */
  readonly snapshot?: EmulatorSnapshot | undefined
}

/** The server. */
export interface Emulator {
  /** Answers one request. Paths are those of Twitch, under `/oauth2` and under `/auth`. */
  handle(request: HttpRequest): Promise<HttpAnswer>
  /** Registers an application, or replaces the one with its Client ID. */
  addApplication(record: ApplicationRecord): void
  /** Creates a user, or replaces the one with its id. */
  addUser(record: UserRecord): void
  readonly applications: readonly ApplicationRecord[]
  readonly users: readonly UserRecord[]
  /** A user token, as if the user had authorised the application. */
  issueUserToken(clientId: string, userId: string, scopes: readonly string[]): Issued
  /** All that the server knows, as plain data. */
  snapshot(): EmulatorSnapshot
}

/** Makes an {@link Emulator}. */
export function createEmulator(options: EmulatorOptions): Emulator {
  const ledger = new Ledger(options)
  return {
    async handle(request) {
      const read = await readRequest(request)
      const endpoint = allEndpoints.find(({ method, path }) => method === read.method && path === read.path)
      return endpoint?.answer(read, ledger) ?? notFound()
    },
    addApplication: (record) => ledger.addApplication(record),
    addUser: (record) => ledger.addUser(record),
    get applications() {
      return [...ledger.applications.values()]
    },
    get users() {
      return [...ledger.users.values()]
    },
    issueUserToken: (clientId, userId, scopes) => ledger.issueUserToken(clientId, userId, scopes),
    snapshot: () => ledger.snapshot(),
  }
}
