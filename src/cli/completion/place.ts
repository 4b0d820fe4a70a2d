// What could come where the cursor is, by the table of commands.

import type { Choice, Command, CommandTable, Completion, FlagSpec, FlagSpecs } from '../command.ts'
import { globalFlags, helpFlag, versionFlag } from '../globals.ts'
import { nextWords } from '../next-words.ts'
import { type Call, type Reading, findCall, readFlag, readFlags } from '../words.ts'

/** What could come, and how much of the word at the cursor stays as it is. */
export interface Place {
  readonly offer: 'files' | 'programs' | 'profiles' | 'scopes' | readonly Choice[]
  readonly keep: number
  /** The file that `--config` names among the words before. */
  readonly config: string | undefined
}

/** @param words those before the word at the cursor; @param current that word, as far as it is there */
export async function findPlace(
  words: readonly string[],
  current: string,
  table: CommandTable,
): Promise<Place | undefined> {
  const call = findCall(
    words,
    table.commands.map(({ name }) => name),
  )
  const command = await table.commands.find(({ name }) => name === call.path.join(' '))?.load()
  const flags = {
    ...command?.flags,
    ...globalFlags,
    ...helpFlag,
    ...(call.path.length === 0 && versionFlag),
  }
  const reading = readFlags([...call.before, ...call.rest], flags, command?.passThrough)
  const found = await valueOrWord({ call, command, flags, reading, current, table })
  if (found === undefined) return undefined
  const offer = await choices(found.complete, reading.words)
  if (offer === undefined) return undefined
  return { offer, keep: found.keep, config: reading.given.findLast(({ name }) => name === 'config')?.value }
}

interface Spot {
  readonly call: Call
  readonly command: Command | undefined
  readonly flags: FlagSpecs
  readonly reading: Reading
  readonly current: string
  readonly table: CommandTable
}

interface Found {
  readonly complete: Completion | readonly Choice[] | undefined
  readonly keep: number
}

async function valueOrWord(spot: Spot): Promise<Found | undefined> {
  const { reading, current, flags } = spot
  if (reading.awaiting !== undefined) return { complete: reading.awaiting.complete, keep: 0 }
  if (reading.closed || !current.startsWith('-')) return word(spot)
  const last = readFlag(current, flags)?.last
  if (last?.value === undefined) return { complete: flagChoices(flags, reading, current), keep: 0 }
  return { complete: last.spec.complete, keep: current.length - last.value.length }
}

/** A word that is no flag: one more of the command's name, or an argument. Where there is neither, the flags. */
function word({ call, command, flags, reading, current, table }: Spot): Found | undefined {
  const more = call.rest.length === 0 ? nextWords(call.path, table) : []
  if (more.length > 0) return { complete: more, keep: 0 }
  const places = command?.arguments ?? []
  const last = places.at(-1)
  const place = places[reading.words.length] ?? (last?.rest === true ? last : undefined)
  if (place !== undefined) return { complete: place.complete, keep: 0 }
  return current === '' && reading.words.length === 0
    ? { complete: flagChoices(flags, reading, '--'), keep: 0 }
    : undefined
}

/** The flags that can still be given; one letter alone only where nothing but a dash is typed. */
function flagChoices(flags: FlagSpecs, { given }: Reading, current: string): readonly Choice[] {
  const open = Object.entries<FlagSpec>(flags).filter(
    ([name, { repeat }]) => repeat === true || !given.some((each) => each.name === name),
  )
  const short = open.flatMap(([, { short: letter, summary }]) =>
    letter === undefined || current !== '-' ? [] : [{ value: `-${letter}`, summary }],
  )
  return [...short, ...open.map(([name, { summary }]) => ({ value: `--${name}`, summary }))]
}

async function choices(
  complete: Found['complete'],
  before: readonly string[],
): Promise<Place['offer'] | undefined> {
  if (complete === undefined || typeof complete === 'string') return complete
  if (typeof complete === 'function') return complete(before)
  return complete.map((each) => (typeof each === 'string' ? { value: each } : each))
}
