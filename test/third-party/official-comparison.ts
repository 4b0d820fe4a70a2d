// Our reading and writing of the official file beside viper's: for random values, what came out equal, what was refused, and what differs.

import fc from 'fast-check'
import { editEnvText, parseEnvText, valuesOf } from '../../src/store/env-text.ts'
import { ENVIRONMENT } from '../store/official-texts.ts'
import type { OfficialLibrary, OfficialReading } from './official-library.ts'

/** How a comparison went. */
export interface Comparison {
  readonly equal: number
  /** Refused by us: not written, or not read. */
  readonly refused: number
  readonly different: readonly unknown[]
}

/** What real values are made of; none of these may be refused. */
const plain = fc.stringMatching(/^[A-Za-z0-9._~:/+=-]{1,60}$/)

/** Values of every sort, the likeliest to go wrong most often. */
const anything = fc.oneof(
  plain,
  fc.string({ unit: fc.constantFrom(...'AB=:#"\'\\$ {}\n\r\t.nr1[]a'), maxLength: 30 }),
  fc.string({
    unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
    maxLength: 60,
  }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom('$HOME', '${HOME}', 'a#b', '"', "'", '\\', '[chat:read user:read:email]', ' a ', 'a\\nb'),
)

/** The values as we read them; undefined for a file that we do not take. */
export function readOurs(text: string): Record<string, string> | undefined {
  const parsed = parseEnvText(text, (name) => ENVIRONMENT[name])
  return parsed.kind === 'damaged' ? undefined : Object.fromEntries(valuesOf(parsed.lines))
}

/** Random values, written by us and read by viper. Each stands between two others, which it must not touch. */
export function compareWriting(official: OfficialLibrary, count: number): Comparison {
  const values = fc.sample(anything, { numRuns: count, seed: 11 })
  const written = values.flatMap((value) => {
    const expected = { ACCESSTOKEN: 'before', REFRESHTOKEN: value, TOKENSCOPES: '[after]' }
    const edited = editEnvText([], new Map(Object.entries(expected)))
    if ('text' in edited) return [{ expected, text: edited.text }]
    if (/^[A-Za-z0-9._~:/+=-]*$/.test(value)) throw new Error(`Refused: ${JSON.stringify(value)}`)
    return []
  })
  const readings = official.read(written.map(({ text }) => text))
  const different = written.filter(({ expected }, index) => !isSame(readings[index]?.values, expected))
  const equal = written.length - different.length
  return { equal, refused: values.length - written.length, different }
}

/** Random values, written by viper and read by us: as viper itself reads them, which is not always what was written. */
export function compareReading(official: OfficialLibrary, count: number): Comparison {
  const values = fc.sample(anything, { numRuns: count, seed: 12 })
  const texts = official.write(
    values.map((value) => ({ accesstoken: value, clientid: 'beside', tokenscopes: '[a b]' })),
  )
  for (const [index, value] of values.entries()) {
    if (/^[A-Za-z0-9._~:/+=-]+$/.test(value) && readOurs(texts[index] ?? '')?.['ACCESSTOKEN'] !== value) {
      throw new Error(`Lost: ${JSON.stringify(value)}`)
    }
  }
  return compareTexts(official, texts)
}

/** Random texts, most of them not far from a file. */
export function compareFuzz(official: OfficialLibrary, count: number): Comparison {
  const text = fc.string({ unit: fc.constantFrom(...'AB=:#"\'\\$ {}\n\r\t.nr1[]aHOME'), maxLength: 30 })
  const line = text.map((value) => value.replaceAll('\n', ''))
  const texts = fc.sample(
    fc.oneof(
      text,
      line.map((value) => `A=${value}`),
      line.map((value) => `A="${value}`),
      line.map((value) => `A='${value}'#"`),
      line.map((value) => `A=1\nB=${value}\nA=2`),
    ),
    { numRuns: count, seed: 13 },
  )
  return compareTexts(official, texts)
}

function compareTexts(official: OfficialLibrary, texts: readonly string[]): Comparison {
  const readings = official.read(texts)
  const found = texts.map((text, index) => judge(text, readOurs(text), readings[index]))
  const number = (verdict: string): number => found.filter((one) => one === verdict).length
  return {
    equal: number('equal'),
    refused: number('refused'),
    different: texts
      .map((text, index) => ({ text, ours: readOurs(text), official: readings[index] }))
      .filter((_text, index) => found[index] === 'different'),
  }
}

/**
 * A file that viper does not take is refused here too. We refuse one thing more: a value with a line break and a `=` in
 * it, out of which viper would take further keys.
 */
function judge(
  text: string,
  ours: Record<string, string> | undefined,
  official: OfficialReading,
): 'equal' | 'refused' | 'different' {
  if (ours !== undefined) return isSame(official?.values, ours) ? 'equal' : 'different'
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''))
  const smuggles = lines.some((line) => /\r|\\[nr]/.test(line) && line.includes('='))
  return official === undefined || smuggles ? 'refused' : 'different'
}

function isSame(one: Record<string, string> | undefined, other: Record<string, string>): boolean {
  const sorted = (values: object): string => JSON.stringify(Object.entries(values).toSorted())
  return one !== undefined && sorted(one) === sorted(other)
}
