// Words that are understood without the library: a command's name, then flags in full or by their letter, each value a
// word of its own. Nearly all are; loading the library for them would take longer than a stored token takes to print.

import type { Command, CommandEntry, FlagSpec } from './command.ts'
import { globalFlags } from './globals.ts'
import type { Parsed } from './parser.ts'

/** Reads such words as the parser would. Whatever is in the least unusual is left to it: undefined. */
export async function readPlainly(
  words: readonly string[],
  commands: readonly CommandEntry[],
): Promise<Extract<Parsed, { kind: 'command' }> | undefined> {
  const firstFlag = words.findIndex((word) => word.startsWith('-'))
  const name = words.slice(0, firstFlag === -1 ? words.length : firstFlag)
  const entry = commands.find((each) => each.name === name.join(' '))
  if (entry === undefined) return undefined
  const command = await entry.load()
  if (command.arguments?.some(({ required }) => required) === true) return undefined
  const flags = readFlags(words.slice(name.length), command)
  return flags && { kind: 'command', command, flags, words: [] }
}

function readFlags(
  words: readonly string[],
  command: Command,
): Readonly<Record<string, unknown>> | undefined {
  const specs = Object.entries<FlagSpec>({ ...command.flags, ...globalFlags })
  const given: Record<string, string[]> = {}
  for (let index = 0; index < words.length; index++) {
    const word = words[index]
    const found = specs.find(([name, { short }]) => word === `--${name}` || word === `-${short}`)
    if (found === undefined) return undefined
    const [name, { value, repeat }] = found
    if (given[name] !== undefined && repeat !== true) return undefined
    const values = (given[name] ??= [])
    if (value === undefined) continue
    const next = words[++index]
    if (next === undefined || next.startsWith('-')) return undefined
    values.push(next)
  }
  return Object.fromEntries(specs.map(([name, spec]) => [name, flagValue(given[name], spec)]))
}

function flagValue(given: readonly string[] | undefined, { value, repeat }: FlagSpec): unknown {
  if (repeat === true) return given ?? []
  return value === undefined ? given !== undefined : given?.[0]
}
