// The built program at a real terminal.

import { type IPty, spawn } from '@lydell/node-pty'
import { onTestFinished } from 'vitest'
import { type Machine, program } from './program.ts'

/** A terminal with a shell command running in it. */
export interface PseudoTerminal {
  readonly pty: IPty
  /** Everything that has appeared, control sequences and all. */
  readonly screen: string
  /** Resolves when the text has appeared (after `from`), rejects after ten seconds. */
  sees(text: string | RegExp, from?: number): Promise<void>
  type(text: string): void
  /** Resolves with the exit code of the shell command. */
  readonly ended: Promise<number>
}

/** Keys. */
export const CTRL_C = '\u0003'
export const ENTER = '\r'

/** How the program is called in a shell. */
export function shellWords(words: readonly string[]): string {
  return [...program, ...words].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
}

/** Opens a terminal on a machine, and runs a shell command in it. */
export function openTerminal(
  machine: Machine,
  command: string,
  environment: Readonly<Record<string, string>> = {},
): PseudoTerminal {
  const pty = spawn('/bin/bash', ['-c', command], {
    cols: 100,
    rows: 40,
    cwd: machine.home,
    env: {
      PATH: process.env['PATH'],
      HOME: machine.home,
      TZ: 'UTC',
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
      ...environment,
    },
  })
  let screen = ''
  const listeners = new Set<() => void>()
  pty.onData((data) => {
    screen += data
    for (const listener of listeners) listener()
  })
  let running = true
  const ended = new Promise<number>((resolve) => {
    pty.onExit(({ exitCode }) => {
      running = false
      resolve(exitCode)
    })
  })
  onTestFinished(() => {
    if (running) pty.kill('SIGKILL')
  })
  return {
    pty,
    get screen() {
      return screen
    },
    async sees(text, from = 0) {
      const found = (): boolean =>
        typeof text === 'string' ? screen.slice(from).includes(text) : text.test(screen.slice(from))
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => {
          listeners.delete(look)
          reject(new Error(`${String(text)} did not appear in:\n${screen}`))
        }, 10_000)
        const look = (): void => {
          if (!found()) return
          clearTimeout(timer)
          listeners.delete(look)
          resolve()
        }
        listeners.add(look)
        look()
      })
    },
    type: (text) => pty.write(text),
    ended,
  }
}
