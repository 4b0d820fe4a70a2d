// From words to a command and its flags: the one file that knows the library for it, built anew from the declarations.

import { Command as Program, CommanderError, Option } from 'commander'
import { Failure } from '../domain/failure.ts'
import type { Command, FlagSpec, FlagSpecs } from './command.ts'
import { exitCodes } from './exit-code.ts'
import { globalFlags } from './globals.ts'

/** What the words ask for. */
export type Parsed =
  | { readonly kind: 'command'; readonly command: Command; readonly flags: Readonly<Record<string, unknown>> }
  | { readonly kind: 'help'; readonly text: string }

/** How help is laid out. */
export interface HelpOptions {
  readonly columns: number
}

/**
 * Reads the words behind the program's name.
 *
 * @throws Failure `usage`
 */
export function parse(words: readonly string[], commands: readonly Command[], help: HelpOptions): Parsed {
  let chosen: Parsed | undefined
  let text = ''
  const root = configure(new Program('twitch'), help, (out) => (text += out))
  root.description('Twitch access tokens for developers and their programs.')
  root.addHelpText(
    'after',
    ['', 'Exit codes:', ...exitCodes.map(([code, meaning]) => `  ${String(code).padEnd(4)} ${meaning}`)].join(
      '\n',
    ),
  )
  for (const command of commands) {
    const program = nest(root, command.name.split(' '))
    describe(program, command)
    program.action(() => {
      chosen = { kind: 'command', command, flags: flagValues(program, command.flags) }
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

function configure(program: Program, { columns }: HelpOptions, write: (text: string) => void): Program {
  return program
    .exitOverride()
    .allowExcessArguments(false)
    .configureOutput({
      writeOut: write,
      writeErr: write,
      outputError: () => undefined,
      getOutHelpWidth: () => columns,
    })
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

function describe(program: Program, { summary, description, examples, flags }: Command): void {
  program.summary(summary).description([`${summary}.`, ...(description ?? [])].join('\n\n'))
  for (const [name, spec] of Object.entries<FlagSpec>(flags)) program.addOption(toOption(name, spec))
  for (const [name, spec] of Object.entries(globalFlags)) {
    program.addOption(toOption(name, { ...spec, group: 'Global flags' }))
  }
  program.addHelpText(
    'after',
    ['', 'Examples:', ...examples.map(({ type, does }) => `  $ ${type}\n      ${does}`)].join('\n'),
  )
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
  const specs: FlagSpecs = { ...flags, ...globalFlags }
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [
      name,
      flagValue(given[toOption(name, spec).attributeName()], name, spec),
    ]),
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
    case 'commander.optionMissingArgument':
      return new Failure(
        'usage',
        'flag_needs_value',
        `${/'(.*)'/.exec(complaint)?.[1] ?? 'A flag'} needs a value.`,
        details,
      )
    default:
      return new Failure('usage', 'usage', `${complaint.replace(/\.$/, '')}.`, details)
  }
}
