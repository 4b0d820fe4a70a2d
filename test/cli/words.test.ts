// The lenient reader of words, which help and completion ask, against the strict one: where both understand, they agree.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FlagSpec } from '../../src/cli/command.ts'
import { table } from '../../src/cli/commands/index.ts'
import { globalFlags } from '../../src/cli/globals.ts'
import { parseStrictly } from '../../src/cli/strict-parser.ts'
import { findCall, readFlags } from '../../src/cli/words.ts'

const names = table.commands.map(({ name }) => name)

describe('flags and arguments', () => {
  test.each(table.commands)('of $name are read as the strict reader reads them', async (entry) => {
    const command = await entry.load()
    const flags: Readonly<Record<string, FlagSpec>> = { ...command.flags, ...globalFlags }
    const letters = Object.values(flags).flatMap(({ short }) => short ?? [])
    const word = fc.oneof(
      fc.constantFrom(...Object.keys(flags).map((name) => `--${name}`)),
      fc.constantFrom(...Object.keys(flags).map((name) => `--${name}=v`)),
      fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 3 }).map((all) => `-${all.join('')}`),
      fc.constantFrom('', '-', '--', 'a', 'b=c', '-s', '--nosuch', '-sx'),
    )
    let agreed = 0
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), (words) => {
        let strict: ReturnType<typeof parseStrictly>
        try {
          strict = parseStrictly(words, command)
        } catch {
          return
        }
        agreed++
        const { given, words: others, awaiting } = readFlags(words, flags, command.passThrough)
        const read = Object.entries(flags).map(([name, { value, repeat }]) => {
          const values = given.filter((each) => each.name === name)
          if (value === undefined) return [name, values.length > 0]
          return [name, repeat === true ? values.map((each) => each.value) : values.at(-1)?.value]
        })
        expect({ flags: Object.fromEntries(read), words: others, awaiting }).toEqual({
          ...strict,
          awaiting: undefined,
        })
      }),
      { numRuns: 300 },
    )
    expect(agreed).toBeGreaterThan(20)
  })
})

describe('the command that words call', () => {
  test.each([
    [['token', 'print', '--app'], ['token', 'print'], [], ['--app']],
    [['token', '-u', 'print'], ['token'], [], ['-u', 'print']],
    [
      ['--profile', 'print', 'token', '--json', 'print'],
      ['token', 'print'],
      ['--profile', 'print', '--json'],
      [],
    ],
    [['--profile=x', '-q', 'token'], ['token'], ['--profile=x', '-q'], []],
    [['token', '--profile'], ['token'], [], ['--profile']],
    [['mock-auth'], ['mock-auth'], [], []],
    [['mock'], [], [], ['mock']],
    [['--', 'token'], [], [], ['--', 'token']],
  ])('%j', (words, path, before, rest) => {
    expect(findCall(words, names)).toEqual({ path, before, rest })
  })
})
