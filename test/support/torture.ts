// What the tests that kill need: servers whose commits are counted, what is left in a file, and somebody's whole life in lanes.

import fs from 'node:fs'
import type http from 'node:http'
import path from 'node:path'
import { endpoints } from '../../src/wire/endpoints.ts'
import { decodeProfile } from '../../src/store/env-profile.ts'
import { parseEnvText } from '../../src/store/env-text.ts'
import { emptyJournal, parseJournal } from '../../src/store/journal.ts'
import { type ReceivedRequest, type TestServer, answerByEmulator } from './identity-server.ts'
import { laidOpen } from './laid-open.ts'
import { type StoredTokens, type StoredUser, createStoredUser } from './stored-user.ts'

/** Prints a working token. */
export const PRINT: readonly string[] = ['token', 'print']

/** Somebody with an expired token, and a server that counts what it commits. */
export interface Victim extends StoredUser {
  /** Refresh requests that came. */
  readonly arrived: number
  /** The tokens of those that were granted, oldest first. */
  readonly granted: readonly StoredTokens[]
  /** What is done with a refresh request instead of answering it at once; `grant` deals with it, and answers. */
  onRefresh: ((grant: () => Promise<void>, response: http.ServerResponse) => unknown) | undefined
}

/** Makes a {@link Victim}. A public application's refresh tokens are good for one use, and a second use ends the session. */
export async function createVictim(type: 'confidential' | 'public'): Promise<Victim> {
  const behaviour = { strict: type === 'public' }
  const user = await createStoredUser({ secondsLeft: -3600, type, behaviour })
  const granted: StoredTokens[] = []
  let arrived = 0
  const victim: Victim = {
    ...user,
    get arrived() {
      return arrived
    },
    granted,
    onRefresh: undefined,
  }
  const { server } = user
  const grant = async (request: ReceivedRequest, response: http.ServerResponse): Promise<void> => {
    const { status, body } = await answerByEmulator(server, request, response)
    if (status !== 200) return
    const { access_token: accessToken, refresh_token: refreshToken } = JSON.parse(body) as Record<
      string,
      string
    >
    granted.push({ accessToken: accessToken ?? '', refreshToken: refreshToken ?? '' })
  }
  server.interfere = (request, response) => {
    if (!request.target.endsWith(endpoints.token)) return false
    arrived++
    if (victim.onRefresh === undefined) void grant(request, response)
    else void victim.onRefresh(async () => grant(request, response), response)
    return true
  }
  return victim
}

/**
 * The tokens that the file holds.
 *
 * @throws Error when it, or its journal, is damaged
 */
export function keptTokens(file: string): StoredTokens {
  const { user } = keptProfile(file)
  return laidOpen({
    accessToken: user?.access?.accessToken,
    refreshToken: user?.refreshToken,
  }) as StoredTokens
}

/** The profile that the file holds. @throws Error when it, or its journal, is damaged */
export function keptProfile(
  file: string,
): Extract<ReturnType<typeof decodeProfile>, { kind: 'profile' }>['profile'] {
  const text = fs.readFileSync(file, 'utf8')
  const parsed = parseEnvText(text, () => undefined)
  if (parsed.kind === 'damaged' || !text.endsWith('\n')) throw new Error(`Damaged: ${text}`)
  const decoded = decodeProfile(new Map(parsed.lines.map(({ key = '', value = '' }) => [key, value])))
  if (decoded.kind === 'damaged') throw new Error(`Damaged: ${decoded.key} in ${text}`)
  const journal = fs.existsSync(`${file}.journal`) ? fs.readFileSync(`${file}.journal`, 'utf8') : undefined
  if (journal !== undefined && parseJournal(journal) === emptyJournal) throw new Error(`Damaged: ${journal}`)
  return decoded.profile
}

/** Files beside this one that were to take another's place, and did not. */
export function leftovers(file: string): readonly string[] {
  const known = new Set(['', '.lock', '.journal'].map((ending) => path.basename(file) + ending))
  return fs.readdirSync(path.dirname(file)).filter((name) => !known.has(name))
}

/** Who holds the lock of the file, or held it last. */
export function lockHolder(file: string): number | undefined {
  const lock = `${file}.lock`
  return fs.existsSync(lock) ? Number(fs.readFileSync(lock, 'utf8')) || undefined : undefined
}

/** Whether the server takes the token. */
export async function isAccepted({ emulator }: TestServer, token: string): Promise<boolean> {
  const { status } = await emulator.handle({
    method: 'GET',
    url: `http://localhost/oauth2${endpoints.validate}`,
    headers: { authorization: `OAuth ${token.trim()}` },
    body: '',
  })
  return status === 200
}

/** Waits. */
export async function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** Does so many pieces of work in as many lanes; each lane has something of its own to work with. */
export async function inLanes<T>(
  lanes: number,
  pieces: number,
  open: () => Promise<T>,
  work: (own: T, piece: number) => Promise<void>,
): Promise<void> {
  let next = 0
  const run = async (): Promise<void> => {
    const own = await open()
    for (let piece = next++; piece < pieces; piece = next++) await work(own, piece)
  }
  await Promise.all(Array.from({ length: lanes }, run))
}
