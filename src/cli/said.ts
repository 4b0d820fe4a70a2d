// A result and its three voices: lines for a person, a document for programs, one word for a script.

import { DONE } from './exit-code.ts'

/** How results are to be said. */
export type Voice = 'human' | 'json' | 'quiet'

/** A result, said three ways. */
export interface Voices<R> {
  /** Lines for a person. */
  human(result: R, now: Date): readonly string[]
  /** A document for programs. */
  json(result: R, now: Date): unknown
  /** One word for a script, or nothing. */
  quiet(result: R, now: Date): string | undefined
}

/** A result with its voices. */
export interface Said {
  /** The texts to write, in order; a long list comes piece by piece. */
  texts(voice: Voice, now: Date): AsyncIterable<string>
  /**
   * What remains to be done once the result has been said, and the exit code of it: a server goes on until it is
   * stopped. A failure that is thrown here ends a program whose result is out already.
   */
  afterwards(): Promise<number>
}

const done = async (): Promise<number> => DONE

/** Joins a result to its voices. */
export function said<R>(result: R, voices: Voices<R>, afterwards: () => Promise<number> = done): Said {
  return {
    async *texts(voice, now) {
      switch (voice) {
        case 'human':
          yield* lines(voices.human(result, now))
          return
        case 'json':
          yield document(voices.json(result, now))
          return
        case 'quiet':
          yield* lines([voices.quiet(result, now) ?? []].flat())
          return
      }
      voice satisfies never
    },
    afterwards,
  }
}

/** Joins results that are found one by one to the voices of one: blocks with a line between, or a JSON array. */
export function streamed<R>(
  results: AsyncIterable<R>,
  voices: Voices<R>,
  afterwards: () => Promise<number> = done,
): Said {
  return {
    async *texts(voice, now) {
      let count = 0
      if (voice === 'json') yield '['
      for await (const result of results) {
        if (count++ > 0 && voice !== 'quiet') yield voice === 'json' ? ',' : '\n'
        if (voice === 'json') yield '\n'
        for await (const text of said(result, voices).texts(voice, now)) {
          yield voice === 'json' ? text.trimEnd() : text
        }
      }
      if (voice === 'json') yield '\n]\n'
    },
    afterwards,
  }
}

/** A value as a JSON text with a newline at its end. */
export function document(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}

function* lines(all: readonly string[]): Generator<string> {
  if (all.length > 0) yield all.map((line) => `${line}\n`).join('')
}
