// `twitch __complete SHELL`: what the scripts ask when Tab is pressed. No network, no lock, no file read, no word about what is wrong.

import type { World } from '../../domain/ports.ts'
import { DEFAULT_PROFILE } from '../../domain/profile.ts'
import { namedProfiles } from '../../store/profile-files.ts'
import type { Choice } from '../command.ts'
import { table } from '../commands/index.ts'
import { DONE } from '../exit-code.ts'
import { type Place, findPlace } from './place.ts'
import { type ShellLine, readShellLine } from './shell-line.ts'

/** How many lines are written at once. */
const BATCH = 2000

/**
 * Writes what could come next. The line comes in the environment, and not as arguments, where others could read a secret
 * in it. The first line of the answer is what there is (`values`, `list`, `files` or `programs`, and nothing for nothing)
 * and how many characters of the shell's word stay; the others are values, with what they are if the shell shows that.
 *
 * @param shell `bash`, `zsh`, `fish` or `powershell`
 */
export async function answer(shell: string, world: World): Promise<number> {
  const { environment, terminal } = world
  try {
    const line = readShellLine(environment['TWITCH_COMPLETE_LINE'] ?? '', {
      escape: shell === 'powershell' ? '`' : '\\',
      lookup: (name) => environment[name],
    })
    const place = await findPlace(line.words, line.current, table)
    if (place === undefined) return DONE
    const writer = { shell, line, word: environment['TWITCH_COMPLETE_WORD'] ?? '' }
    for await (const text of batches(answerLines(place, writer, world))) terminal.out(text)
  } catch {
    // Whoever presses Tab asks for words, and not for what is wrong.
  }
  return DONE
}

interface Writer {
  readonly shell: string
  readonly line: ShellLine
  /** The part of the word at the cursor that the shell replaces. */
  readonly word: string
}

async function* answerLines(place: Place, writer: Writer, world: World): AsyncGenerator<string> {
  const { offer } = place
  const { typed, current } = writer.line
  const keep = offer === 'scopes' ? current.length - (/[^\s,+]*$/.exec(current)?.[0].length ?? 0) : place.keep
  const segment = current.slice(Math.max(keep, place.keep))
  // Quotes within what is to be completed leave no way to say where it begins.
  if (!typed.endsWith(segment)) return
  const kept = Math.max(0, (writer.shell === 'fish' ? current : writer.word).length - segment.length)
  if (offer === 'files' || offer === 'programs') {
    yield `${offer} ${kept}`
    return
  }
  yield `${offer === 'scopes' ? 'list' : 'values'} ${kept}`
  const say = spelled(writer, segment)
  for await (const choice of choicesOf(place, world, current.slice(place.keep, keep))) {
    if (choice.value.startsWith(segment)) yield say(choice)
  }
}

/** How a choice is written for the shell. */
function spelled({ shell, line, word }: Writer, segment: string): (choice: Choice) => string {
  const { typed, current } = line
  const head = typed.slice(0, typed.length - segment.length)
  switch (shell) {
    case 'zsh':
      return ({ value, summary }) =>
        [value.replaceAll(/[\\:]/g, '\\$&'), ...(summary === undefined ? [] : [summary])].join(':')
    case 'fish': {
      const plain = current.slice(0, current.length - segment.length)
      return ({ value, summary = '' }) => `${plain}${value}\t${summary}`
    }
    default: {
      // bash takes a part of the word only, from the last of its COMP_WORDBREAKS on, or from behind the quote.
      const gone = typed.endsWith(word) ? typed.length - word.length : 0
      const about = shell === 'bash' ? () => '' : ({ summary = '' }: Choice) => `\t${summary}`
      return (choice) => `${`${head}${choice.value}`.slice(gone)}${about(choice)}`
    }
  }
}

/** @param listed what is in the list of scopes already */
async function* choicesOf({ offer, config }: Place, world: World, listed: string): AsyncGenerator<Choice> {
  if (offer === 'scopes') {
    const { scopes } = await import('../../wire/scopes.ts')
    const there = new Set(listed.split(/[\s,+]+/))
    yield* scopes
      .filter(({ name }) => !there.has(name))
      .map(({ name, description }) => ({ value: name, summary: description }))
  } else if (offer === 'profiles') {
    yield { value: DEFAULT_PROFILE }
    for await (const value of namedProfiles(world.files, config ?? world.defaultConfig())) yield { value }
  } else if (typeof offer === 'object') {
    yield* offer
  }
}

async function* batches(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let batch: string[] = []
  for await (const line of lines) {
    batch.push(`${line}\n`)
    if (batch.length < BATCH) continue
    yield batch.join('')
    batch = []
  }
  yield batch.join('')
}
