// The quick reader of words against the library: whatever it takes, it takes as the library does.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { table } from '../../src/cli/commands/index.ts'
import type { FlagSpec } from '../../src/cli/command.ts'
import { globalFlags } from '../../src/cli/globals.ts'
import { parse } from '../../src/cli/parser.ts'
import { readPlainly } from '../../src/cli/plain-words.ts'

const VALUES = ['', 'a', 'chat:read', '30', '-', '--', '-x', 'print', 'a=b', '--json', '-h', 'help']

/** A word that is, or nearly is, one of the command's. */
function wordOf(flags: Readonly<Record<string, FlagSpec>>): fc.Arbitrary<readonly string[]> {
  const names = Object.entries({ ...flags, ...globalFlags })
  const value = fc.constantFrom(...VALUES)
  return fc
    .tuple(fc.constantFrom(...names), value, fc.integer({ min: 0, max: 9 }))
    .map(([[name, spec], text, form]) => {
      const { short = 'z', value: takes } = spec as FlagSpec
      if (form === 0) return [text]
      if (form === 1) return [`--${name}=${text}`]
      if (form === 2) return [`-${short}${text}`]
      const flag = form < 6 ? `-${short}` : `--${name}`
      return takes === undefined ? [flag] : [flag, text]
    })
}

describe('the quick reader of words', () => {
  test.each(table.commands.map((entry) => [entry.name, entry] as const))('%s', async (name, entry) => {
    const { flags } = await entry.load()
    let taken = 0
    await fc.assert(
      fc.asyncProperty(fc.array(wordOf(flags), { maxLength: 5 }), async (parts) => {
        const words = [...name.split(' '), ...parts.flat()]
        const plain = await readPlainly(words, table.commands)
        if (plain === undefined) return
        taken++
        expect(plain).toEqual(await parse(words, table, () => ({ columns: 80, color: false })))
      }),
      { numRuns: 200 },
    )
    const needsMore = (await entry.load()).arguments?.some(({ required }) => required) === true
    // A reader that takes nothing would agree with everybody.
    expect(taken > 20).toBe(!needsMore)
  })

  test.each([
    [['token', '--validate=abc']],
    [['token', '-p3030']],
    [['token', '-us', 'chat:read']],
    [['token', '--help']],
    [['token', '-v']],
    [['token', '-v', '--json']],
    [['token', 'prnt']],
    [['token', 'exec', '--', 'ls']],
    [['--json', 'token']],
    [[]],
  ])('leaves %j to the library', async (words) => {
    expect(await readPlainly(words, table.commands)).toBeUndefined()
  })
})
