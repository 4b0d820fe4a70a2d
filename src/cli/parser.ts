// From words to a command and its flags: the one file that knows the library for it, built anew from the declarations.

import { Argument, Command as Program, CommanderError, Option } from 'commander'
import { Failure } from '../domain/failure.ts'
import type { Command, CommandEntry, FlagSpec, FlagSpecs } from './command.ts'
import { exitCodes } from './exit-code.ts'
import { globalFlags } from './globals.ts'

/** What the words ask for. */
export type Parsed =
  | {
      readonly kind: 'command'
      readonly command: Command
      readonly flags: Readonly<Record<string, unknown>>
      readonly words: readonly string[]
    }
  | { readonly kind: 'help'; readonly text: string }

/** How help is laid out. */
export interface HelpOptions {
  readonly columns: number
}

/**
 * Reads the words behind the program's name. Of all commands only the one that they call is loaded.
 *
 * @throws Failure `usage`
 */
export async function parse(
  words: readonly string[],
  commands: readonly CommandEntry[],
  help: HelpOptions,
): Promise<Parsed> {
  let chosen: Parsed | undefined
  let text = ''
  const root = configure(new Program('twitch'), help, (out) => (text += out))
  for (const { name, summary } of commands) nest(root, name.split(' ')).summary(summary)
  const entry = calledBy(words, commands)
  if (entry !== undefined) {
    const program = nest(root, entry.name.split(' '))
    const command = await entry.load()
    describe(program, entry, command)
    program.action(() => {
      chosen = { kind: 'command', command, flags: flagValues(program, command.flags), words: program.args }
    })
  }
  try {
    root.parse([...words], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode !== 0 && error.code !== 'commander.help') throw usageFailure(error)
  }
  return chosen ?? { kind: 'help', text }
}

/** The command that the words call, or ask for the help of: the one with the longest name that they begin with. */
function calledBy(words: readonly string[], commands: readonly CommandEntry[]): CommandEntry | undefined {
  const called = names(words[0] === 'help' ? words.slice(1) : words)
  return commands
    .filter(({ name }) => `${called.join(' ')} `.startsWith(`${name} `))
    .toSorted((one, other) => other.name.length - one.name.length)[0]
}

/** The words up to the first flag that is not a global one, without the global ones and their values. */
function names([word, ...rest]: readonly string[]): readonly string[] {
  if (word === undefined) return []
  if (!word.startsWith('-')) return [word, ...names(rest)]
  const [given] = word.split('=')
  const flag = Object.entries<FlagSpec>(globalFlags).find(
    ([name, { short }]) => given === `--${name}` || given === `-${short}`,
  )
  if (flag === undefined) return []
  return names(flag[1].value !== undefined && given === word ? rest.slice(1) : rest)
}

function configure(root: Program, { columns }: HelpOptions, write: (text: string) => void): Program {
  addFlags(root, globalFlags)
  return root
    .description('Twitch access tokens for developers and their programs.')
    .addHelpText('after', ['', 'Exit codes:', ...exitCodes.map(exitCodeLine)].join('\n'))
    .enablePositionalOptions()
    .exitOverride()
    .allowExcessArguments(false)
    .configureOutput({
      writeOut: write,
      writeErr: write,
      outputError: () => undefined,
      getOutHelpWidth: () => columns,
      // The library would look at `process.stdout` for it, which loads the network and streams.
      getOutHasColors: () => false,
    })
}

function exitCodeLine([code, meaning]: (typeof exitCodes)[number]): string {
  return `  ${String(code).padEnd(4)} ${meaning}`
}

/** The program for these words under the root, with those above it. */
function nest(root: Program, words: readonly string[]): Program {
  return words.reduce(
    (parent, word) =>
      parent.commands.find((child) => child.name() === word) ??
      parent.command(word).copyInheritedSettings(parent),
    root,
  )
}

function describe(program: Program, { summary }: CommandEntry, command: Command): void {
  program.description([`${summary}.`, ...(command.description ?? [])].join('\n\n'))
  for (const { name, summary: about, required, rest } of command.arguments ?? []) {
    const words = `${name}${rest === true ? '...' : ''}`
    program.addArgument(new Argument(required === true ? `<${words}>` : `[${words}]`, about))
  }
  if (command.passThrough === true) program.passThroughOptions()
  addFlags(program, command.flags)
  // Global flags may stand anywhere: behind the command, or in front of any of its words.
  for (let each = program; each.parent !== null; each = each.parent) addFlags(each, globalFlags)
  program.addHelpText(
    'after',
    ['', 'Examples:', ...command.examples.map(({ type, does }) => `  $ ${type}\n      ${does}`)].join('\n'),
  )
}

function addFlags(program: Program, flags: FlagSpecs): void {
  for (const [name, spec] of Object.entries(flags)) program.addOption(toOption(name, spec))
}

function toOption(name: string, { short, value, repeat, summary, group }: FlagSpec): Option {
  const dashed = `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` <${value}>`}`
  const option = new Option(dashed, summary)
  if (repeat === true)
    option.argParser((given, sofar: readonly string[] | undefined) => [...(sofar ?? []), given])
  return group === undefined ? option : option.helpGroup(`${group}:`)
}

function flagValues(program: Program, flags: FlagSpecs): Readonly<Record<string, unknown>> {
  const given: Record<string, unknown> = program.opts()
  const above: Record<string, unknown> = program.parent?.optsWithGlobals() ?? {}
  const value = (name: string, spec: FlagSpec): unknown => {
    const attribute = toOption(name, spec).attributeName()
    const own = program.getOptionValueSource(attribute) === 'cli'
    return flagValue(own || !(name in globalFlags) ? given[attribute] : above[attribute], name, spec)
  }
  return Object.fromEntries(
    Object.entries<FlagSpec>({ ...flags, ...globalFlags }).map(([name, spec]) => [name, value(name, spec)]),
  )
}

function flagValue(given: unknown, name: string, spec: FlagSpec): unknown {
  if (spec.repeat === true) return given ?? []
  if (spec.value !== undefined) return given
  // The library turns `--no-x` into x = false.
  return name.startsWith('no-') ? given === false : given === true
}

/** The library's complaint in our form. What was typed is not repeated beyond a flag's name: it may be a secret. */
function usageFailure({ code, message }: CommanderError): Failure {
  const [complaint = '', suggestion] = message.replace(/^error: /, '').split('\n')
  const hint = suggestion?.replace(/^\(|\)$/g, '')
  const details = hint === undefined ? {} : { hint }
  const name = /'(.*)'/.exec(complaint)?.[1]
  switch (code) {
    case 'commander.unknownOption':
      return new Failure(
        'usage',
        'unknown_flag',
        `There is no flag ${/-[^'=\s]*/.exec(complaint)?.[0] ?? 'of that name'}.`,
        details,
      )
    case 'commander.unknownCommand':
      return new Failure('usage', 'unknown_command', 'There is no command of that name.', details)
    case 'commander.excessArguments':
      return new Failure(
        'usage',
        'stray_argument',
        'There is an argument too many: what is given to a flag goes right behind it.',
        details,
      )
    case 'commander.missingArgument':
      return new Failure('usage', 'argument_missing', `${name ?? 'An argument'} is missing.`, details)
    case 'commander.optionMissingArgument':
      return new Failure('usage', 'flag_needs_value', `${name ?? 'A flag'} needs a value.`, details)
    default:
      return new Failure('usage', 'usage', `${complaint.replace(/\.$/, '')}.`, details)
  }
}
