// The laws of the house, held against the source as it stands.

import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = path.resolve('src')

/** Which rooms each room may import; a file's own room is always allowed. A path names one file. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  wire: [],
  domain: ['wire/scopes.ts', 'wire/http.ts', 'wire/endpoints.ts'],
  client: ['domain', 'wire'],
  flows: ['domain', 'client', 'wire/http.ts'],
  store: ['domain'],
  session: ['domain', 'client', 'flows', 'store'],
  emulator: ['wire'],
  cli: ['domain', 'client', 'flows', 'store', 'session', 'wire'],
  platform: ['domain', 'wire/http.ts'],
}

/** The only part of the command line that may import the emulator. */
const EMULATOR_COMMAND = 'cli/commands/mock-auth/'

/** The only files that may take a secret out of its wrapping. */
const MAY_REVEAL = [
  'cli/print-voices.ts',
  'cli/token-voices.ts',
  'client/encode.ts',
  'store/env-profile.ts',
  'store/journal.ts',
]

const FORBIDDEN_OUTSIDE_PLATFORM = [
  /\bprocess\./,
  /\bconsole\./,
  /\bfetch\(/,
  /\bset(?:Timeout|Interval|Immediate)\b/,
  /\bDate\.now\b/,
  /\bnew Date\(\)/,
  /\bMath\.random\b/,
  /\bBuffer\b/,
  /from 'node:/,
  /import\('node:/,
]

interface Source {
  /** Relative to `src`, with slashes. */
  readonly file: string
  readonly room: string
  readonly text: string
  /** The text without comments and strings that only speak of code. */
  readonly code: string
}

const sources: readonly Source[] = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => {
    const file = name.split(path.sep).join('/')
    const text = readFileSync(path.join(ROOT, name), 'utf8')
    const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '')
    return { file, room: file.includes('/') ? (file.split('/')[0] ?? '') : 'doors', text, code }
  })

function importsOf({ file, code }: Source): readonly string[] {
  return [...code.matchAll(/(?:from|import\() ?'(\.[^']*)'/g)].map(([, target = '']) =>
    path.posix.join(path.posix.dirname(file), target),
  )
}

function mayImport(source: Source, target: string): boolean {
  const room = target.split('/')[0] ?? ''
  if (source.room === 'doors' || room === source.room) return true
  if (room === 'emulator' && source.file.startsWith(EMULATOR_COMMAND)) return true
  return (MAY_IMPORT[source.room] ?? []).some((allowed) => allowed === room || allowed === target)
}

describe('the laws of the house', () => {
  test('there is a source to hold them against', () => {
    expect(sources.length).toBeGreaterThan(50)
    expect(new Set(sources.map(({ room }) => room))).toEqual(new Set(['doors', ...Object.keys(MAY_IMPORT)]))
  })

  test('a room imports only the rooms that it may', () => {
    const breaches = sources.flatMap((source) =>
      importsOf(source)
        .filter((target) => !mayImport(source, target))
        .map((target) => `${source.file} imports ${target}`),
    )
    expect(breaches).toEqual([])
  })

  test('only platform touches the runtime', () => {
    const breaches = sources
      .filter(({ room }) => room !== 'platform')
      .flatMap(({ file, code }) =>
        FORBIDDEN_OUTSIDE_PLATFORM.filter((pattern) => pattern.test(code)).map(
          (pattern) => `${file}: ${pattern}`,
        ),
      )
    expect(breaches).toEqual([])
  })

  test('only the doors open platform', () => {
    const breaches = sources
      .filter(({ room }) => room !== 'platform' && room !== 'doors')
      .filter((source) => importsOf(source).some((target) => target.startsWith('platform/')))
    expect(breaches.map(({ file }) => file)).toEqual([])
  })

  test('wire has words and shapes, and not one function', () => {
    const breaches = sources.filter(
      ({ room, code }) => room === 'wire' && /\bfunction\b|=>|\bclass\b/.test(code),
    )
    expect(breaches.map(({ file }) => file)).toEqual([])
  })

  test('secrets have one exit, and few use it', () => {
    const callers = sources.filter(({ code }) => /\.reveal\(\)/.test(code)).map(({ file }) => file)
    expect(callers.toSorted()).toEqual(MAY_REVEAL)
  })

  test('no module remembers anything', () => {
    const breaches = sources.flatMap(({ file, code }) =>
      [
        ...code.matchAll(/^(?:export )?(?:let \w+|const \w+[^=]*= new (?:Map|WeakMap|Set|WeakSet)\(\))/gm),
      ].map(([line]) => `${file}: ${line}`),
    )
    expect(breaches).toEqual([])
  })

  test('every file begins by saying what lives there, and holds one thought', () => {
    const mute = sources.filter(({ text }) => !/^\/\/ \S/.test(text)).map(({ file }) => file)
    const long = sources
      .filter(({ file, text }) => file !== 'wire/scopes.ts' && text.split('\n').length > 250)
      .map(({ file }) => file)
    expect({ mute, long }).toEqual({ mute: [], long: [] })
  })

  test('the law sees a breach when there is one', () => {
    const planted: Source = {
      file: 'emulator/planted.ts',
      room: 'emulator',
      text: '',
      code: "import { judge } from '../client/judge.ts'",
    }
    expect(importsOf(planted).filter((target) => !mayImport(planted, target))).toEqual(['client/judge.ts'])
  })
})
