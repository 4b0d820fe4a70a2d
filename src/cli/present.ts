// From a result or a failure to the two streams: which voice speaks, and where.

import type { Failure } from '../domain/failure.ts'
import type { Terminal } from '../domain/ports.ts'
import { hintFor } from './explain.ts'
import type { Palette } from './palette.ts'
import { type Said, type Voice, document } from './said.ts'

/** Writes a result to standard output. */
export async function presentResult(said: Said, voice: Voice, terminal: Terminal, now: Date): Promise<void> {
  for await (const text of said.texts(voice, now)) terminal.out(text)
}

/** Writes a failure: two lines on standard error, or one document on standard output. */
export function presentFailure(failure: Failure, voice: Voice, terminal: Terminal, palette: Palette): void {
  const { kind, code, message } = failure
  const hint = hintFor(failure)
  if (voice === 'json') terminal.out(document({ error: { kind, code, message, hint } }))
  else terminal.err(`${palette.red('error:')} ${message}\n${palette.bold('hint:')} ${hint}\n`)
}
