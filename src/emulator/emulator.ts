// The identity server as a function from request to answer: no socket, no clock and no randomness of its own.

import type { HttpAnswer, HttpRequest } from '../wire/http.ts'
import { FORM_TYPE } from '../wire/parameters.ts'
import { notFound, refusalAnswer } from './answers.ts'
import { type Dialect, defaultDialect, strictDialect } from './dialect.ts'
import { allEndpoints } from './endpoints/index.ts'
import { type JournalEntry, journalEntry } from './journal.ts'
import { Logins } from './logins.ts'
import { consentForm } from './pages/consent.ts'
import type { ApplicationRecord, EmulatorSnapshot, UserRecord } from './records.ts'
import { Registry } from './registry.ts'
import { type ReadRequest, readRequest } from './request.ts'
import { urlProblem } from './rules.ts'
import { Script, scriptedAnswer } from './script.ts'
import { seeds } from './seeds.ts'
import type { ServerState } from './server-state.ts'
import { Signer } from './signer.ts'
import { type Issued, Tokens } from './tokens.ts'
import type { RandomBytes } from './values.ts'

/** What the server is made of. */
export interface EmulatorOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly random: RandomBytes
  /** What an earlier server knew; without it, the seeded applications and users. */
  readonly snapshot?: EmulatorSnapshot | undefined
  /** Where it is to behave otherwise than is most likely of Twitch. */
  readonly dialect?: Partial<Dialect>
  /** Be as unforgiving as the standards, where the dialect does not say otherwise. */
  readonly strict?: boolean
  /** Give consent at once, as the first user. */
  readonly autoApprove?: boolean
  /** Twitch's five seconds if it is not given; a test may want one. */
  readonly deviceIntervalSeconds?: number
}

/** The server. */
export interface Emulator {
  /** Answers one request. Paths are those of Twitch, under `/oauth2` and under `/auth`; `/activate` stands by itself. */
  handle(request: HttpRequest): Promise<HttpAnswer>
  /** Registers an application, or replaces the one with its Client ID. */
  addApplication(record: ApplicationRecord): void
  /** Creates a user, or replaces the one with its id. */
  addUser(record: UserRecord): void
  readonly applications: readonly ApplicationRecord[]
  readonly users: readonly UserRecord[]
  /** A user token, as if the user had authorised the application. */
  issueUserToken(clientId: string, userId: string, scopes: readonly string[]): Issued
  /** Confirms a device login. @throws Error when none waits under this user code */
  approveDevice(userCode: string, userId?: string): void
  /** Refuses a device login. @throws Error when none waits under this user code */
  denyDevice(userCode: string): void
  /** Authorises a login, as if the user had pressed the button. @returns where the browser is sent then */
  approveLogin(authorizeUrl: string, userId?: string): Promise<string>
  /** Refuses a login. @returns where the browser is sent then */
  denyLogin(authorizeUrl: string): Promise<string>
  /** Lays out the next answers. */
  readonly script: Pick<Script, 'next' | 'left'>
  /** What was received, oldest first: the last thousand requests. */
  readonly journal: readonly JournalEntry[]
  /** All that the server knows, as plain data. */
  snapshot(): EmulatorSnapshot
}

const LONGEST_JOURNAL = 1_000
const SNAPSHOT_RECORDS = 500

/** Makes an {@link Emulator}. */
export function createEmulator(options: EmulatorOptions): Emulator {
  const state = createState(options)
  const { registry, tokens, logins } = state
  const script = new Script()
  const journal: JournalEntry[] = []

  async function answer(request: ReadRequest): Promise<HttpAnswer> {
    const scripted = script.take(request.path)
    if (scripted !== undefined && scripted.afterwards !== true) return scriptedAnswer(scripted)
    const answered = await route(request, state)
    return scripted === undefined ? answered : scriptedAnswer(scripted)
  }

  function pendingDevice(userCode: string): NonNullable<ReturnType<Logins['pendingDevice']>> {
    const login = logins.pendingDevice(userCode)
    if (login === undefined) throw new Error(`No device login waits under the code ${userCode}`)
    return login
  }

  /** What the consent page would send, and where that leads. */
  async function decideLogin(url: string, decision: string, userId = ''): Promise<string> {
    const body = new URLSearchParams({
      [consentForm.decision]: decision,
      [consentForm.user]: userId,
    }).toString()
    const answered = await route(
      await readRequest({ method: 'POST', url, headers: { 'content-type': FORM_TYPE }, body }),
      state,
    )
    const location = answered.headers['location']
    if (location === undefined)
      throw new Error(`The login can't be decided: ${answered.status} ${answered.body.slice(0, 200)}`)
    return location
  }

  return {
    async handle(request) {
      const read = await readRequest(request)
      const answered = await answer(read)
      journal.push(journalEntry(read, answered.status))
      if (journal.length > LONGEST_JOURNAL) journal.shift()
      return answered
    },
    approveLogin: async (url, userId = registry.users[0]?.id) =>
      decideLogin(url, consentForm.authorize, userId),
    denyLogin: async (url) => decideLogin(url, consentForm.cancel),
    addApplication: (record) => registry.addApplication(record),
    addUser: (record) => registry.addUser(record),
    get applications() {
      return registry.applications
    },
    get users() {
      return registry.users
    },
    issueUserToken: (clientId, userId, scopes) => tokens.issueUserToken({ clientId, userId, scopes }),
    approveDevice: (userCode, userId = registry.users[0]?.id ?? '') =>
      logins.decideDevice(pendingDevice(userCode), { kind: 'approved', userId }),
    denyDevice: (userCode) => logins.decideDevice(pendingDevice(userCode), { kind: 'denied' }),
    script,
    journal,
    snapshot: () => snapshotOf(state),
  }
}

function createState(options: EmulatorOptions): ServerState {
  const { now, random } = options
  const snapshot = { ...seeds, ...options.snapshot }
  const registry = new Registry(snapshot)
  return {
    now,
    registry,
    tokens: new Tokens({ now, random, registry, snapshot }),
    logins: new Logins({ now, random, snapshot }),
    signer: new Signer(snapshot.signingKey),
    dialect: { ...(options.strict === true ? strictDialect : defaultDialect), ...options.dialect },
    autoApprove: options.autoApprove ?? false,
    deviceIntervalSeconds: options.deviceIntervalSeconds ?? 5,
  }
}

async function route(request: ReadRequest, state: ServerState): Promise<HttpAnswer> {
  const { method, path } = request
  const under = request.base === undefined ? 'root' : 'base'
  const endpoint = allEndpoints.find(
    (each) => each.method === method && each.path === path && each.under === under,
  )
  if (endpoint === undefined) return notFound()
  const problem = urlProblem(request, state)
  return problem === undefined ? endpoint.answer(request, state) : refusalAnswer(problem, state.dialect)
}

function snapshotOf({ registry, tokens, logins, signer }: ServerState): EmulatorSnapshot {
  return {
    version: 1,
    applications: registry.applications,
    users: registry.users,
    ...tokens.snapshot(SNAPSHOT_RECORDS),
    ...logins.snapshot(SNAPSHOT_RECORDS),
    ...(signer.key !== undefined && { signingKey: { ...signer.key } }),
  }
}
