// What to type next where words were refused: what was probably meant. Loaded only then. Of what was typed nothing is repeated.

import { alike } from '../domain/alike.ts'
import { Failure } from '../domain/failure.ts'
import type { Command, CommandTable, FlagSpecs } from './command.ts'
import { globalFlags, helpFlag, versionFlag } from './globals.ts'
import { type Call, readFlags } from './words.ts'

/** Where it happened. */
export interface Refused {
  readonly call: Call
  readonly table: CommandTable
  /** The command that was called, if there is one of that name. */
  readonly command: Command | undefined
}

/** What other tools call it, and what it is here. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['auth', 'token'],
  ['config', 'configure'],
  ['init', 'configure'],
  ['login', 'token -u'],
  ['mock', 'mock-auth start'],
  ['mock-api', 'mock-auth start'],
  ['refresh', 'token -R'],
  ['revoke', 'token -r'],
  ['setup', 'configure'],
  ['validate', 'token -v'],
  ['whoami', 'token status'],
])

/** The failure with a hint of its own, if it came without one. */
export async function advise(failure: Failure, refused: Refused): Promise<Failure> {
  if (failure.hint !== undefined) return failure
  const { code } = failure
  if (code === 'unknown_flag') return hinted(failure, await flagMeant(refused), refused)
  if (code === 'unknown_command') return hinted(failure, commandMeant(refused), refused)
  if (code !== 'stray_argument') return hinted(failure, undefined, refused)
  const below = commandBelow(refused)
  return below === undefined
    ? hinted(failure, flagNamed(refused), refused)
    : hinted(new Failure('usage', 'unknown_command', 'There is no command of that name.'), below, refused)
}

function hinted({ kind, code, message }: Failure, meant: string | undefined, { call }: Refused): Failure {
  const page = ['twitch', ...call.path, '--help'].join(' ')
  return new Failure(kind, code, message, {
    hint: meant === undefined ? `Run the command with --help to see what it takes: ${page}` : meant,
  })
}

function flagsOf({ command, call }: Refused): FlagSpecs {
  return { ...command?.flags, ...globalFlags, ...helpFlag, ...(call.path.length === 0 && versionFlag) }
}

/** For a flag that the command does not have: another command's, or one of its own that is spelled alike. */
async function flagMeant(refused: Refused): Promise<string | undefined> {
  const { call, table, command } = refused
  const flags = flagsOf(refused)
  const unknown = readFlags(call.rest, flags, command?.passThrough).given.find(({ name }) => !(name in flags))
  if (unknown === undefined) return undefined
  const { name } = unknown
  if (name.length === 1) return shortFlagMeant(name, flags)
  for (const entry of table.commands) {
    if (Object.hasOwn((await entry.load()).flags, name)) return `twitch ${entry.name} has it, behind its name`
  }
  const names = Object.keys(flags)
  const [near] = [...names.filter((each) => each.startsWith(name)), ...alike(name, names)]
  return near === undefined ? undefined : `Did you mean --${near}?`
}

function shortFlagMeant(letter: string, flags: FlagSpecs): string | undefined {
  const found = Object.entries(flags).find(
    ([, { short }]) => short !== undefined && short.toLowerCase() === letter.toLowerCase(),
  )
  return found === undefined ? undefined : `Did you mean -${found[1].short} (--${found[0]})?`
}

/** For a name that there is not: what other tools call so, the command that ends in it, or one that is spelled alike. */
function commandMeant({ call: { path, rest }, table }: Refused): string | undefined {
  const [word = '', next = ''] = rest.filter((each) => !each.startsWith('-'))
  const names = table.commands.map(({ name }) => name)
  const ended = names.find((name) => name.split(' ').at(-1) === word)
  const typed = [...path, word].join(' ')
  const [near] = [
    ...alike([typed, next].join(' ').trim(), names),
    ...alike(
      typed,
      names.flatMap((name) =>
        name
          .split(' ')
          .slice(0, path.length + 1)
          .join(' '),
      ),
    ),
    ...alike(
      word,
      names.map((name) => name.split(' ').at(-1) ?? ''),
    ).flatMap((last) => names.find((name) => name.endsWith(` ${last}`)) ?? []),
  ]
  const meant = ELSEWHERE.get(word) ?? ended ?? near
  return meant === undefined ? undefined : `Did you mean twitch ${meant}?`
}

/** For an argument that the command does not take: a command below it that is spelled alike. */
function commandBelow(refused: Refused): string | undefined {
  const { call, table } = refused
  const start = `${call.path.join(' ')} `
  const below = table.commands.flatMap(({ name }) =>
    name.startsWith(start) ? [name.slice(start.length)] : [],
  )
  const [near] = alike(strayWord(refused), below)
  return near === undefined ? undefined : `Did you mean twitch ${start}${near}?`
}

/** For an argument that is the name of a flag. */
function flagNamed(refused: Refused): string | undefined {
  const word = strayWord(refused)
  return Object.hasOwn(flagsOf(refused), word)
    ? `Did you mean twitch ${refused.call.path.join(' ')} --${word}?`
    : undefined
}

function strayWord(refused: Refused): string {
  const { call, command } = refused
  const { words } = readFlags(call.rest, flagsOf(refused), command?.passThrough)
  return words[command?.arguments?.length ?? 0] ?? ''
}
