// A world for a test: a clock that is moved by hand, the emulator instead of a network, files in memory, a terminal that is remembered.

import type { Clock, FileText, Files, Http, Serve, Terminal, World } from '../../src/domain/ports.ts'
import { type Emulator, createEmulator } from '../../src/emulator/emulator.ts'

/** The moment at which every test world begins. */
export const START: Date = new Date('2026-11-23T12:00:00.000Z')

/** A clock that stands still until it is told otherwise; sleeping moves it. */
export interface FakeClock extends Clock {
  /** Moves both clocks, as time that passes does. */
  advance(milliseconds: number): void
  /** Sets the wall clock forward or back, as a person or a time server does. */
  setBy(milliseconds: number): void
  /** Does something once so much time has passed since the beginning. */
  at(milliseconds: number, act: () => void): void
  /** Every sleep so far, in milliseconds. */
  readonly sleeps: readonly number[]
}

/** Makes a {@link FakeClock}. */
export function createFakeClock(start: Date = START): FakeClock {
  let elapsed = 0
  let set = 0
  const sleeps: number[] = []
  const plans: { readonly at: number; readonly act: () => void }[] = []
  const advance = (milliseconds: number): void => {
    const target = elapsed + milliseconds
    const due = plans.filter(({ at }) => at <= target).toSorted((one, other) => one.at - other.at)
    for (const plan of due) {
      plans.splice(plans.indexOf(plan), 1)
      elapsed = Math.max(elapsed, plan.at)
      plan.act()
    }
    elapsed = target
  }
  return {
    now: () => new Date(start.getTime() + elapsed + set),
    monotonic: () => elapsed,
    async sleep(milliseconds, signal) {
      signal?.throwIfAborted()
      sleeps.push(milliseconds)
      advance(milliseconds)
      signal?.throwIfAborted()
    },
    advance,
    setBy: (milliseconds) => void (set += milliseconds),
    at: (at, act) => void plans.push({ at, act }),
    sleeps,
  }
}

/** A clock on which a sleep lasts until somebody else has moved it far enough. */
export function createPatientClock(): FakeClock {
  const clock = createFakeClock()
  return {
    ...clock,
    sleep: async (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
        clock.at(clock.monotonic() + milliseconds, resolve)
      }),
  }
}

/** Bytes that look random and are the same in every run. */
function createFakeRandom(seed = 1): { bytes(count: number): Uint8Array } {
  let state = seed
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state >>> 24
  }
  return { bytes: (count) => Uint8Array.from({ length: count }, next) }
}

/** Makes an emulator that lives by this clock. */
export function createTestEmulator(clock: Clock, seed = 1): Emulator {
  const random = createFakeRandom(seed)
  return createEmulator({ now: () => clock.now().getTime(), random: (count) => random.bytes(count) })
}

/** Files that are in memory only; the journal of a file is beside it, as on a disk. */
export function createMemoryFiles(contents: Map<string, string> = new Map()): Files {
  const read = async (path: string): Promise<FileText | undefined> => {
    const text = contents.get(path)
    return text === undefined ? undefined : { text, journal: contents.get(`${path}.journal`), repairs: [] }
  }
  return {
    read,
    exclusively: async (path, work) =>
      work({
        read: async () => read(path),
        reserve: async () => undefined,
        replace: async (text) => void contents.set(path, text),
        replaceJournal: async (text) => void contents.set(`${path}.journal`, text),
        remove: async () => {
          contents.delete(path)
          contents.delete(`${path}.journal`)
        },
      }),
    async *list(folder) {
      for (const path of contents.keys())
        if (path.startsWith(`${folder}/`)) yield path.slice(folder.length + 1)
    },
  }
}

/** A terminal that is remembered. */
export interface FakeTerminal extends Terminal {
  readonly stdout: string
  readonly stderr: string
}

/** What a test terminal is made of. */
export interface FakeTerminalOptions {
  /** What a person answers, question by question. Without it there is no person. */
  readonly answers?: readonly string[]
  /** What is piped in. */
  readonly input?: string
  /** How wide it is; 80 if it is not said. */
  readonly columns?: number
}

/** Makes a {@link FakeTerminal}. */
function createFakeTerminal({ answers, input = '', columns = 80 }: FakeTerminalOptions = {}): FakeTerminal {
  const streams = { stdout: '', stderr: '' }
  const left = [...(answers ?? [])]
  return {
    out: (text) => void (streams.stdout += text),
    discarded: false,
    err: (text) => void (streams.stderr += text),
    visible: answers !== undefined,
    interactive: answers !== undefined,
    color: false,
    colorOut: false,
    columns,
    async ask({ message }) {
      const answer = left.shift()
      if (answer === undefined) throw new Error(`Nobody answers: ${message}`)
      return answer
    },
    readInput: async () => input,
    get stdout() {
      return streams.stdout
    },
    get stderr() {
      return streams.stderr
    },
  }
}

/** The world of one run of the program. */
export interface TestWorld extends World {
  readonly clock: FakeClock
  readonly terminal: FakeTerminal
}

/** What a test may want otherwise. */
export interface TestWorldOptions extends FakeTerminalOptions {
  readonly clock?: FakeClock
  readonly files?: Files
  readonly http?: Http
  readonly serve?: Serve
  readonly execute?: World['execute']
  readonly openBrowser?: (url: string) => Promise<void>
  readonly environment?: Readonly<Record<string, string>>
}

/** Makes a {@link TestWorld}; its network answers as Twitch would. */
export function createTestWorld(options: TestWorldOptions = {}): TestWorld {
  const clock = options.clock ?? createFakeClock()
  const emulator = createTestEmulator(clock)
  return {
    clock,
    random: createFakeRandom(),
    http: options.http ?? (async (request) => emulator.handle(request)),
    serve: options.serve ?? (async () => Promise.reject(new Error('This world has no ports'))),
    files: options.files ?? createMemoryFiles(),
    terminal: createFakeTerminal(options),
    environment: options.environment ?? {},
    interruption: new AbortController().signal,
    shield: () => ({ raise: () => undefined, lower: () => undefined }),
    inspectMachine: async () => ({ system: 'linux', wsl: false, container: false }),
    execute: options.execute ?? (async () => Promise.reject(new Error('This world has no programs'))),
    openBrowser: options.openBrowser ?? (async () => Promise.reject(new Error('This world has no browser'))),
    defaultConfig: () => '/home/someone/.config/twitch-cli/.twitch-cli.env',
    version: '0.0.0-test',
    hideArguments: () => undefined,
  }
}
