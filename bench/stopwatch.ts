// What starts the programs that are measured: a small process of its own, since a large one takes longer to start others.

import { spawn } from 'node:child_process'
import path from 'node:path'
import readline from 'node:readline'

/** What is started. */
export interface Job {
  /** The program by its full path, and its words. */
  readonly command: readonly string[]
  /** All of it. */
  readonly environment: Readonly<Record<string, string>>
  /** How many at the same time. */
  readonly copies: number
}

/** How a start went. */
export interface Lap {
  /** Until the last one ended. */
  readonly milliseconds: number
  /** The most memory that one of them had, in bytes. */
  readonly peak: number
  readonly codes: readonly number[]
}

/** A stopwatch. */
export interface Stopwatch {
  time(job: Job): Promise<Lap>
  stop(): void
}

/** Starts it. Needs `python3`. */
export function startStopwatch(): Stopwatch {
  const child = spawn('python3', ['-S', '-E', path.join(import.meta.dirname, 'stopwatch.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const gone = new Promise<never>((_, reject) => {
    child.once('error', reject)
    child.once('exit', () => reject(new Error('The stopwatch has stopped')))
  })
  gone.catch(() => undefined)
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    async time(job) {
      child.stdin.write(`${JSON.stringify(job)}\n`)
      const line = await Promise.race([lines.next(), gone])
      return JSON.parse(String(line.value)) as Lap
    },
    stop: () => void child.stdin.end(),
  }
}
