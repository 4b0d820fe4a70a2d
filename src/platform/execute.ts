// Running a program in this one's place, as far as a parent can: its streams, its signals, its exit code.

import os from 'node:os'
import spawn from 'cross-spawn'
import { Failure } from '../domain/failure.ts'
import { printable } from '../domain/printable.ts'

/** What a parent passes on. Windows knows the first three. */
const SIGNALS: readonly NodeJS.Signals[] =
  process.platform === 'win32'
    ? ['SIGINT', 'SIGBREAK', 'SIGHUP']
    : ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH']

/** Those that a terminal sends to every process in front of it, so that the program has got them already. */
const FROM_TERMINAL: ReadonlySet<NodeJS.Signals> = new Set(['SIGINT', 'SIGQUIT', 'SIGWINCH', 'SIGBREAK'])

/**
 * Runs the program to its end. If a signal ends it, the same signal ends this process.
 *
 * @returns its exit code
 * @throws Failure `usage` when there is no such program, or it can't be run
 */
export async function execute(
  [file = '', ...args]: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  const child = spawn(file, args, { stdio: 'inherit', env: environment })
  const passOn = (signal: NodeJS.Signals): void => {
    if (!(FROM_TERMINAL.has(signal) && sharesTerminal())) child.kill(signal)
  }
  for (const signal of SIGNALS) process.on(signal, passOn)
  try {
    const { code, signal } = await new Promise<{ code: number | null; signal: NodeJS.Signals | null }>(
      (resolve, reject) => {
        child.once('error', (error) => reject(notRun(file, error)))
        child.once('exit', (exitCode, exitSignal) => resolve({ code: exitCode, signal: exitSignal }))
      },
    )
    return signal === null ? (code ?? 1) : dieBy(signal)
  } finally {
    for (const signal of SIGNALS) process.removeListener(signal, passOn)
  }
}

/** Whether a terminal is there for both: then they are in front of it together. */
function sharesTerminal(): boolean {
  return process.stdin.isTTY || process.stderr.isTTY
}

/** Ends this process by the signal, so that whoever waits for it sees what it would have seen. */
function dieBy(signal: NodeJS.Signals): number {
  process.removeAllListeners(signal)
  if (process.platform !== 'win32') process.kill(process.pid, signal)
  return 128 + os.constants.signals[signal]
}

function notRun(file: string, error: NodeJS.ErrnoException): Failure {
  const name = printable(file)
  return error.code === 'ENOENT'
    ? new Failure('usage', 'program_not_found', `There is no program "${name}".`, {
        hint: 'Check its name; it is looked for in the folders of PATH',
        cause: error,
      })
    : new Failure('usage', 'program_not_run', `"${name}" can't be run (${error.code ?? error.message}).`, {
        hint: 'Check that it is a program, and that you may run it: chmod +x',
        cause: error,
      })
}
