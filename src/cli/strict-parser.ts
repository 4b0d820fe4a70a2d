// The words behind a command's name, read strictly: the one file that knows the library for it, built anew from the declarations.

import { Argument, Command as Program, CommanderError, Option } from 'commander'
import { Failure } from '../domain/failure.ts'
import type { ArgumentSpec, Command, FlagSpec, FlagSpecs } from './command.ts'
import { globalFlags } from './globals.ts'
import { flagName } from './words.ts'

/** What the words give. */
export interface ParsedWords {
  readonly flags: Readonly<Record<string, unknown>>
  readonly words: readonly string[]
}

/**
 * Reads them.
 *
 * @throws Failure `usage`
 */
export function parseStrictly(words: readonly string[], command: Command): ParsedWords {
  const flags = { ...command.flags, ...globalFlags }
  const program = new Program()
    .helpOption(false)
    .exitOverride()
    .allowExcessArguments(false)
    .showSuggestionAfterError(false)
    .configureOutput({ outputError: () => undefined })
    .action(() => undefined)
  for (const spec of command.arguments ?? []) program.addArgument(toArgument(spec))
  for (const [name, spec] of Object.entries<FlagSpec>(flags)) program.addOption(toOption(name, spec))
  if (command.passThrough === true) program.passThroughOptions()
  try {
    program.parse([...words], { from: 'user' })
  } catch (error) {
    throw error instanceof CommanderError ? usageFailure(error, command) : error
  }
  return { flags: flagValues(program, flags), words: program.args }
}

function toArgument({ name, required, rest }: ArgumentSpec): Argument {
  const words = `${name}${rest === true ? '...' : ''}`
  return new Argument(required === true ? `<${words}>` : `[${words}]`)
}

function toOption(name: string, { short, value, repeat }: FlagSpec): Option {
  const dashed = `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` <${value}>`}`
  const option = new Option(dashed)
  if (repeat === true)
    option.argParser((given, sofar: readonly string[] | undefined) => [...(sofar ?? []), given])
  return option
}

function flagValues(program: Program, flags: FlagSpecs): Readonly<Record<string, unknown>> {
  const given: Readonly<Record<string, unknown>> = program.opts()
  return Object.fromEntries(
    Object.entries(flags).map(([name, spec]) => [
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
function usageFailure({ code, message }: CommanderError, command: Command): Failure {
  const [complaint = ''] = message.replace(/^error: /, '').split('\n')
  const name = /'(.*)'/s.exec(complaint)?.[1] ?? ''
  switch (code) {
    case 'commander.unknownOption':
      return new Failure('usage', 'unknown_flag', `There is no flag ${flagName(name)}.`)
    case 'commander.excessArguments':
      return new Failure(
        'usage',
        'stray_argument',
        'There is an argument too many: what is given to a flag goes right behind it.',
      )
    case 'commander.missingArgument':
      return missingArgument(name, command)
    case 'commander.optionMissingArgument':
      return new Failure('usage', 'flag_needs_value', `${spelling(name)} needs a value.`)
    default:
      return new Failure('usage', 'usage', `${complaint.replace(/\.$/, '')}.`)
  }
}

/** `-s (--scopes)` from `-s, --scopes <SCOPES>`. */
function spelling(declared: string): string {
  return declared.replace(/ <.*$/, '').replace(/^(-.), (--.*)$/, '$1 ($2)')
}

function missingArgument(name: string, command: Command): Failure {
  const complete = command.arguments?.find((spec) => spec.name === name)?.complete
  const hint = Array.isArray(complete) ? { hint: `There are ${complete.join(', ')}` } : {}
  return new Failure('usage', 'argument_missing', `${name} is missing.`, hint)
}
