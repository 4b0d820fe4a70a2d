// `twitch help`: the page of a command or a topic, or the overview.

import { type Choice, type Command, command } from '../command.ts'
import { helpPage } from '../help/page.ts'
import { topics } from '../help/topics.ts'
import { nextWords } from '../next-words.ts'
import { type Voices, said } from '../said.ts'
import { findCall } from '../words.ts'

interface Page {
  readonly name: string
  readonly text: string
}

/** Shows help. */
export const help: Command = command({
  description: [`Topics: ${topics.map(({ name }) => name).join(', ')}.`],
  examples: [
    { type: 'twitch help', does: 'names the commands and the topics' },
    { type: 'twitch help token print', does: 'the same as twitch token print --help' },
    { type: 'twitch help exit-codes', does: 'what a script needs to know' },
  ],
  flags: {},
  arguments: [{ name: 'NAME', summary: 'A command or a topic', rest: true, complete: names }],
  async run({ terminal, globals }, _flags, words) {
    const { table } = await import('./index.ts')
    const style = { columns: terminal.columns, color: terminal.colorOut && !globals['no-color'] }
    return said({ name: words.join(' '), text: await helpPage(words, table, style) }, voices)
  },
})

const voices: Voices<Page> = {
  human: ({ text }) => [text.trimEnd()],
  json: (page) => page,
  quiet: ({ text }) => text.trimEnd(),
}

/** What can follow: the next words of commands, and at first the topics. */
async function names(before: readonly string[]): Promise<readonly Choice[]> {
  const { table } = await import('./index.ts')
  const { path, rest } = findCall(
    before,
    table.commands.map(({ name }) => name),
  )
  if (rest.length > 0) return []
  const topicsHere = path.length === 0 ? topics.map(({ name, summary }) => ({ value: name, summary })) : []
  return [...nextWords(path, table), ...topicsHere]
}
