// The built program, run as a process in a home of its own.

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'

/** What is started: the npm form by default, any other command (with its first arguments) by TWITCH_PROGRAM, a JSON array. */
export const program: readonly string[] = JSON.parse(
  process.env['TWITCH_PROGRAM'] ?? JSON.stringify([process.execPath, path.resolve('dist/twitch.cjs')]),
) as string[]

/** How a run ended. */
export interface RunResult {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** What a run is given. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>
  /** What is piped in; `open` leaves the pipe as it is. */
  readonly input?: string | Buffer
  /** Called when the process is there. */
  readonly onStart?: (child: ChildProcess) => void
}

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'twitch-token-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Somebody's machine: a home, and the program on it. */
export interface Machine {
  readonly home: string
  /** The default configuration file. */
  readonly config: string
  /** The file of a profile. */
  profile(name: string): string
  run(words: readonly string[], options?: RunOptions): Promise<RunResult>
  /** Runs any command there. */
  command(words: readonly string[], options?: RunOptions): Promise<RunResult>
}

/** Makes a {@link Machine}. The environment is empty but for what is given. */
export function createMachine(environment: Readonly<Record<string, string | undefined>> = {}): Machine {
  const home = temporaryFolder()
  const folder = path.join(home, '.config', 'twitch-cli')
  // Not `async`, so that the process is there when the call returns.
  // oxlint-disable-next-line typescript/promise-function-async
  const command: Machine['command'] = ([file = '', ...words], { env = {}, input = '', onStart } = {}) => {
    const child = spawn(file, words, {
      env: { PATH: process.env['PATH'], HOME: home, TZ: 'UTC', ...environment, ...env },
      stdio: 'pipe',
    })
    const ended = collect(child)
    onStart?.(child)
    child.stdin.on('error', () => undefined)
    if (input !== 'open') child.stdin.end(input)
    return ended
  }
  return {
    home,
    config: path.join(folder, '.twitch-cli.env'),
    profile: (name) => path.join(folder, 'profiles', `${name}.env`),
    command,
    // oxlint-disable-next-line typescript/promise-function-async
    run: (words, options) => command([...program, ...words], options),
  }
}

/** A run that goes on. */
export interface RunningProgram {
  readonly child: ChildProcess
  readonly stderr: string
  /** Resolves with what matched, once it has appeared on standard error. */
  tells(pattern: RegExp): Promise<RegExpExecArray>
  readonly ended: Promise<RunResult>
}

/** Starts the program on a machine, and lets it run. */
export function start(machine: Machine, words: readonly string[], options: RunOptions = {}): RunningProgram {
  let child: ChildProcess | undefined
  let stderr = ''
  const ended = machine.run(words, {
    ...options,
    onStart: (started) => {
      child = started
      started.stderr?.on('data', (data: Buffer) => (stderr += String(data)))
      options.onStart?.(started)
    },
  })
  if (child === undefined) throw new Error('The program did not start')
  return {
    child,
    get stderr() {
      return stderr
    },
    async tells(pattern) {
      const deadline = Date.now() + 10_000
      for (;;) {
        const found = pattern.exec(stderr)
        if (found !== null) return found
        if (Date.now() > deadline || child?.exitCode !== null)
          throw new Error(`${String(pattern)} was not told in:\n${stderr}`)
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    },
    ended,
  }
}

/** Waits for the end of a process, and gathers what it says. */
export async function collect(child: ChildProcess): Promise<RunResult> {
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
}
