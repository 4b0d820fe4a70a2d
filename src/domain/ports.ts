// Everything that the program does to the world, as small interfaces. `platform/` has the real ones, tests have others.

import type { HttpAnswer, HttpRequest } from '../wire/http.ts'

/** Time. */
export interface Clock {
  /** The wall clock. */
  now(): Date
  /** Milliseconds on a clock that no one sets; only differences mean something. */
  monotonic(): number
  /** Resolves after so many milliseconds; rejects with the signal's reason when it is aborted first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
}

/** Randomness fit for secrets. */
export interface Random {
  bytes(count: number): Uint8Array
}

/**
 * Sends one request and reads the whole answer.
 *
 * @throws Failure `network` when there was none in time; `protocol` when it is over 256 KiB or encoded; the signal's reason
 */
export type Http = (request: HttpRequest, signal?: AbortSignal) => Promise<HttpAnswer>

/** Answers a request that came in. */
export type Handler = (request: HttpRequest) => Promise<HttpAnswer>

/** Where, and to whom, a server answers. */
export interface ServeOptions {
  /** The address to listen on; undefined for all of this machine's. */
  readonly address: string | undefined
  /** 0 for any port that is free. */
  readonly port: number
  /** How many connections may be open that no whole request came on; beyond it, the oldest of them goes. */
  readonly connections: number
  /** Whether a request for this `Host` is answered; others get 421, so that no web page can reach in by a name of its own. */
  readonly acceptsHost: (host: URL) => boolean
}

/** A server that is up. */
export interface Listening {
  readonly port: number
  /** Stops, and drops every connection, idle or not. */
  close(): Promise<void>
}

/**
 * Puts a handler on a port.
 *
 * @throws Failure `busy` when the port is taken; `usage` when the address is not one of this machine
 */
export type Serve = (handler: Handler, options: ServeOptions) => Promise<Listening>

/** A file or folder that others could get at until it was opened here, and the mode that it had. */
export interface Repair {
  readonly path: string
  readonly mode: number
}

/** A file's text, the text of its journal if it has one, and what was found too open on the way and tightened. */
export interface FileText {
  readonly text: string
  /** What we alone know about the file: a second file beside it, which nobody else writes. */
  readonly journal: string | undefined
  readonly repairs: readonly Repair[]
}

/** A file that nobody else may change while the work given to {@link Files.exclusively} runs. */
export interface HeldFile {
  read(): Promise<FileText | undefined>
  /** Proves that as much as the file holds, and 16 KiB more, can be written. */
  reserve(): Promise<void>
  /** Writes the whole file anew: all of the old content or all of the new is there afterwards, never a part. */
  replace(text: string): Promise<void>
  /** Writes the journal anew, in the same way. */
  replaceJournal(text: string): Promise<void>
  /** Takes the file and its journal away, if they are there. */
  remove(): Promise<void>
}

/** Files that hold secrets: owner-only, replaced whole, never trusted when somebody else could have written them. */
export interface Files {
  /**
   * The file's text, or undefined if there is no file.
   *
   * @throws Failure `storage` when it is not a regular file of this user, or larger than 1 MiB
   */
  read(path: string): Promise<FileText | undefined>
  /**
   * Runs the work while holding the file's lock, which the kernel frees when the process dies.
   *
   * @param onWait told who holds the lock, when the wait for it has become noticeable
   * @throws Failure `busy` when another process keeps the lock for too long; `storage`
   */
  exclusively<T>(
    path: string,
    work: (file: HeldFile) => Promise<T>,
    onWait?: (holder: string) => void,
  ): Promise<T>
  /** The names of what is in a folder, in no order, as they are found; none if there is no folder. */
  list(folder: string): AsyncIterable<string>
}

/** How a question is asked at the terminal. */
export interface Question {
  readonly message: string
  /** Show dots for what is typed. */
  readonly masked?: boolean
  /** What is wrong with an answer, or undefined; the question stays until nothing is. */
  readonly check?: (answer: string) => string | undefined
}

/** The terminal, or what stands in its place. */
export interface Terminal {
  /**
   * Writes to standard output.
   *
   * @throws Failure `storage` when it can't be written to
   */
  out(text: string): void
  /** Whether standard output was closed when the program was started, so that what is written there is lost. */
  readonly discarded: boolean
  /** Writes to standard error; never throws. */
  err(text: string): void
  /** Whether standard error is a terminal, so that a person sees what is told. */
  readonly visible: boolean
  /** Whether a person can be asked: standard input is a terminal too. */
  readonly interactive: boolean
  /** Whether standard error shows colours. */
  readonly color: boolean
  /** Whether standard output shows colours. */
  readonly colorOut: boolean
  /** Columns of the terminal; 80 where there is none. */
  readonly columns: number
  /**
   * Asks a person, until the signal says that the answer is no longer wanted.
   *
   * @throws Failure `interrupted`; the signal's reason
   */
  ask(question: Question, signal?: AbortSignal): Promise<string>
  /**
   * All of standard input, without the newline at its end.
   *
   * @throws Failure `usage` when it is larger than 64 KiB
   */
  readInput(): Promise<string>
}

/** Holds signals off for as long as something must not be cut short. */
export interface Shield {
  raise(): void
  /**
   * From now on signals are heard again; one that came meanwhile is heard now.
   *
   * @throws Failure `interrupted` if one came
   */
  lower(): void
}

/** What kind of machine this is, as far as it matters for opening a browser. */
export interface Machine {
  /** As Node names it: `linux`, `darwin`, `win32`, ... */
  readonly system: string
  /** Whether this is a Linux inside Windows, which can open a browser outside. */
  readonly wsl: boolean
  readonly container: boolean
}

/** The whole world, as one value. A door passes the real one; a test builds another. */
export interface World {
  readonly clock: Clock
  readonly random: Random
  readonly http: Http
  readonly serve: Serve
  readonly files: Files
  readonly terminal: Terminal
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Aborted, with a `Failure` of kind `interrupted`, by SIGINT, SIGTERM or SIGHUP. */
  readonly interruption: AbortSignal
  /** Holds {@link interruption} off while it is raised. A second signal within two seconds ends the process all the same. */
  shield(): Shield
  /**
   * The file of the default profile where no flag names one.
   *
   * @throws Failure `storage` when the environment names no folder for it
   */
  defaultConfig(): string
  inspectMachine(): Promise<Machine>
  /**
   * Opens an http or https address in the user's browser.
   *
   * @throws Error when there is no browser, or it can't be started
   */
  openBrowser(url: string): Promise<void>
  /**
   * Runs a program with this environment, in this one's place: its streams, its signals, its end.
   *
   * @returns its exit code
   * @throws Failure `usage` when there is no such program, or it can't be run
   */
  execute(
    command: readonly string[],
    environment: Readonly<Record<string, string | undefined>>,
  ): Promise<number>
  /** This package's version. */
  readonly version: string
  /** Takes the arguments of this process out of the system's list of processes, where others can read them. */
  hideArguments(): void
}
