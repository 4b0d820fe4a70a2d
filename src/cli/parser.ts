// From words to what they ask for: a command with its flags, or a page of help. Of all commands only the one that is called is loaded.

import { Failure } from '../domain/failure.ts'
import type { Command, CommandTable } from './command.ts'
import { globalFlags, helpFlag } from './globals.ts'
import type { PageStyle } from './help/layout.ts'
import { type Call, findCall, flagName, readFlags } from './words.ts'

/** What the words ask for. */
export type Parsed =
  | {
      readonly kind: 'command'
      readonly command: Command
      readonly flags: Readonly<Record<string, unknown>>
      readonly words: readonly string[]
    }
  | { readonly kind: 'help'; readonly text: string }

/**
 * Reads the words behind the program's name.
 *
 * @throws Failure `usage`
 */
export async function parse(
  words: readonly string[],
  table: CommandTable,
  style: () => PageStyle,
): Promise<Parsed> {
  const call = findCall(
    words,
    table.commands.map(({ name }) => name),
  )
  const entry = table.commands.find(({ name }) => name === call.path.join(' '))
  if (entry === undefined) return withoutCommand(call, table, style)
  const command = await entry.load()
  if (asksForHelp(call, command)) return help(call, table, style)
  const { parseStrictly } = await import('./strict-parser.ts')
  try {
    return { kind: 'command', command, ...parseStrictly([...call.before, ...call.rest], command) }
  } catch (error) {
    throw error instanceof Failure ? await advised(error, call, table, command) : error
  }
}

/** The program itself, or the first word of several commands. */
async function withoutCommand(call: Call, table: CommandTable, style: () => PageStyle): Promise<Parsed> {
  const { path, before, rest } = call
  const [word] = rest
  if (path.length === 0 && word === '--version') return parse(['version', ...before], table, style)
  if (word === undefined || asksForHelp(call)) return help(call, table, style)
  const failure = /^-./.test(word)
    ? new Failure('usage', 'unknown_flag', `There is no flag ${flagName(word)} here.`)
    : new Failure('usage', 'unknown_command', 'There is no command of that name.')
  throw await advised(failure, call, table)
}

/** Whether `--help` is among the flags. The word `help` will do where an argument can't be meant. */
function asksForHelp({ before, rest }: Call, command?: Command): boolean {
  const flags = { ...command?.flags, ...globalFlags, ...helpFlag }
  const { given, words } = readFlags([...before, ...rest], flags, command?.passThrough)
  if (given.some(({ name }) => name === 'help')) return command !== undefined || words.length === 0
  return words.length === 1 && words[0] === 'help' && command?.arguments === undefined
}

async function help({ path }: Call, table: CommandTable, style: () => PageStyle): Promise<Parsed> {
  const { helpPage } = await import('./help/page.ts')
  return { kind: 'help', text: await helpPage(path, table, style()) }
}

/** The same failure with what was probably meant. */
async function advised(
  failure: Failure,
  call: Call,
  table: CommandTable,
  command?: Command,
): Promise<Failure> {
  return (await import('./advice.ts')).advise(failure, { call, table, command })
}
