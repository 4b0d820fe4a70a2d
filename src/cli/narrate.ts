// The story on standard error: stamped lines as the official CLI has them, warnings, and what was asked of the server.

import type { Clock, Repair, Terminal } from '../domain/ports.ts'
import { stamp } from './moments.ts'
import type { Palette } from './palette.ts'
import type { Voice } from './said.ts'

/** Tells what is happening. */
export interface Narrator {
  /** A line of the story with the time before it. */
  stamped(line: string): void
  /** A line of the story. */
  tell(line: string): void
  /** What a person has to act on: said in every voice. */
  instruct(line: string): void
  /** Something that works, but should be known. */
  warn(line: string): void
  /** A line for `--verbose`. */
  trace(line: string): void
  /** A file or folder that was too open. */
  repaired(repair: Repair): void
}

/** What a narrator needs. */
export interface NarratorOptions {
  readonly terminal: Terminal
  readonly clock: Clock
  readonly palette: Palette
  readonly voice: Voice
  readonly verbose: boolean
}

/** Makes a {@link Narrator}. */
export function createNarrator({ terminal, clock, palette, voice, verbose }: NarratorOptions): Narrator {
  const say = (line: string): void => terminal.err(`${line}\n`)
  const forPeople = voice === 'human'
  const warn = (line: string): void => {
    if (voice !== 'quiet') say(`${palette.yellow('warning:')} ${line}`)
  }
  return {
    stamped: (line) => {
      if (forPeople) say(`${stamp(clock.now())} ${line}`)
    },
    tell: (line) => {
      if (forPeople) say(line)
    },
    instruct: say,
    warn,
    trace: (line) => {
      if (verbose) say(palette.dim(line))
    },
    repaired: ({ path, mode }) =>
      warn(
        `others could get at ${path} (mode ${mode.toString(8).padStart(4, '0')}); it is now for you alone.`,
      ),
  }
}
