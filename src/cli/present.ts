// From a result or a failure to the two streams: which voice speaks, and where.

import type { Failure } from '../domain/failure.ts'
import type { Terminal } from '../domain/ports.ts'
import type { Said } from './command.ts'
import { hintFor } from './explain.ts'
import type { Palette } from './palette.ts'

/** How results are to be said. */
export type Voice = 'human' | 'json' | 'quiet'

/** Writes a result to standard output. */
export function presentResult(said: Said, voice: Voice, terminal: Terminal, now: Date): void {
  const text = resultText(said, voice, now)
  if (text !== '') terminal.out(text)
}

/** Writes a failure: two lines on standard error, or one document on standard output. */
export function presentFailure(failure: Failure, voice: Voice, terminal: Terminal, palette: Palette): void {
  const { kind, code, message } = failure
  const hint = hintFor(failure)
  if (voice === 'json') terminal.out(document({ error: { kind, code, message, hint } }))
  else terminal.err(`${palette.red('error:')} ${message}\n${palette.bold('hint:')} ${hint}\n`)
}

function resultText(said: Said, voice: Voice, now: Date): string {
  switch (voice) {
    case 'human':
      return said
        .human(now)
        .map((line) => `${line}\n`)
        .join('')
    case 'json':
      return document(said.json(now))
    case 'quiet': {
      const word = said.quiet()
      return word === undefined ? '' : `${word}\n`
    }
  }
  return voice satisfies never
}

function document(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}
