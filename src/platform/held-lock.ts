// Holding a lock file: a bounded wait for whoever has it, who is named when the wait was for nothing.

import fs from 'node:fs'
import { Failure } from '../domain/failure.ts'
import type { Clock } from '../domain/ports.ts'
import { tryLock } from './lock.ts'
import { storageFailure } from './storage-failure.ts'

const { O_CREAT, O_NOFOLLOW, O_RDWR } = fs.constants
/** Longer than any renewal may take: two requests of fifteen seconds each, and the pause between them. */
const LONGEST_WAIT = 45_000
/** A wait this long is told of. */
const NOTICEABLE_WAIT = 2_000
const FIRST_PAUSE = 2
/** Short, and not longer for those who have waited long: they would lose against every newcomer. */
const LONGEST_PAUSE = 25

/**
 * Takes the lock, and returns what lets it go. The file stays when the lock is gone: taking it away would let two
 * processes lock two files of one name.
 *
 * @param onWait told who holds it, when the wait has become noticeable
 * @throws Failure `busy` after 45 seconds; `storage`; the signal's reason
 */
export async function holdLock(
  file: string,
  clock: Clock,
  signal: AbortSignal | undefined,
  onWait?: (holder: string) => void,
): Promise<() => void> {
  const descriptor = open(file)
  try {
    await wait({ descriptor, file, clock, signal, onWait })
    signHolder(descriptor, file)
  } catch (error) {
    fs.closeSync(descriptor)
    throw error
  }
  return () => fs.closeSync(descriptor)
}

/** Writes who holds the lock into it, for whoever waits in vain. */
function signHolder(descriptor: number, file: string): void {
  try {
    const holder = Buffer.from(`${process.pid}\n`)
    fs.ftruncateSync(descriptor, 0)
    fs.writeSync(descriptor, holder, 0, holder.length, 0)
  } catch (error) {
    throw storageFailure('written', file, error)
  }
}

function open(file: string): number {
  try {
    return fs.openSync(file, O_RDWR | O_CREAT | O_NOFOLLOW, 0o600)
  } catch (error) {
    throw storageFailure('written', file, error)
  }
}

interface Wait {
  readonly descriptor: number
  readonly file: string
  readonly clock: Clock
  readonly signal: AbortSignal | undefined
  readonly onWait: ((holder: string) => void) | undefined
}

async function wait({ descriptor, file, clock, signal, onWait }: Wait): Promise<void> {
  const start = clock.monotonic()
  let isTold = false
  for (let pause = FIRST_PAUSE; !tryLock(descriptor); pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    const waited = clock.monotonic() - start
    if (waited > LONGEST_WAIT) throw busy(file)
    if (waited > NOTICEABLE_WAIT && !isTold) {
      isTold = true
      onWait?.(holderOf(file))
    }
    // Uneven pauses keep many waiters from asking at the same moment.
    await clock.sleep(pause * (0.5 + Math.random()), signal)
  }
}

function holderOf(file: string): string {
  const holder = fs.readFileSync(file, 'utf8').trim()
  return /^\d+$/.test(holder) ? `process ${holder}` : 'another process'
}

function busy(file: string): Failure {
  return new Failure(
    'busy',
    'lock_held',
    `This profile was locked for 45 seconds, at last by ${holderOf(file)} (${file}).`,
    {
      hint: 'Run the command again; if it keeps on, see what that process is doing',
    },
  )
}
