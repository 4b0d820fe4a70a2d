// The man page, in the mdoc language, from the table of commands and the topics of help.

import type { Command, CommandEntry, Example, FlagSpec, FlagSpecs } from '../src/cli/command.ts'
import { table } from '../src/cli/commands/index.ts'
import { globalFlags, helpFlag, versionFlag } from '../src/cli/globals.ts'
import type { Row } from '../src/cli/help/layout.ts'
import { description, firstSteps, summary } from '../src/cli/help/overview.ts'
import { flagGroups, synopsis } from '../src/cli/help/page.ts'
import { type Topic, exitCodes, topics } from '../src/cli/help/topics.ts'

/** What the page says of itself. */
export interface Edition {
  readonly version: string
  /** As in `November 23, 2026`. */
  readonly date: string
}

const WIDTH = 76

/** The text of `twitch.1`. */
export async function manPage({ version, date }: Edition): Promise<string> {
  const commands = await Promise.all(
    table.commands.map(async (entry) => commandPart(entry, await entry.load())),
  )
  const lines = [
    `.\\" Made from the table of commands; build/write-documents.ts writes it.`,
    `.Dd ${date}`,
    '.Dt TWITCH 1',
    `.Os twitch-token ${version}`,
    '.Sh NAME',
    '.Nm twitch',
    '.Nd get Twitch access tokens, and keep them working',
    '.Sh SYNOPSIS',
    '.Nm',
    '.Ar command',
    '.Op Ar flags',
    '.Sh DESCRIPTION',
    ...prose(`${summary}.`),
    ...prose(description),
    '.Sh COMMANDS',
    ...commands.flat(),
    '.Sh GLOBAL FLAGS',
    ...prose('They may stand anywhere.'),
    ...flagList(Object.entries<FlagSpec>({ ...globalFlags, ...helpFlag, ...versionFlag })),
    '.Sh ENVIRONMENT',
    ...topicPart('environment', (term) => `Ev ${term.replace(/,/g, ' ,')}`),
    '.Sh FILES',
    ...topicPart('files', (term) => `Pa "${escaped(term)}"`),
    '.Sh EXIT STATUS',
    ...exitStatus(),
    '.Sh EXAMPLES',
    ...display(firstSteps),
    '.Sh SEE ALSO',
    '.Lk https://dev.twitch.tv/docs/authentication/ "Authentication of Twitch"',
    '.Pp',
    '.Lk https://dev.twitch.tv/docs/cli/ "The official Twitch CLI"',
  ]
  return `${lines.join('\n')}\n`
}

function commandPart(entry: CommandEntry, command: Command): readonly string[] {
  const { description = [], arguments: words = [], flags, examples } = command
  return [
    `.Ss twitch ${entry.name}`,
    ...prose(`${entry.summary}.`),
    ...description.flatMap((paragraph) => ['.Pp', prose(paragraph)].flat()),
    '.Bd -literal -offset indent',
    escaped(synopsis(entry, command)),
    '.Ed',
    ...(words.length === 0
      ? []
      : rowList(
          words.map((word): Row => [word.name, `${word.summary}.`]),
          place,
        )),
    ...groupsPart(flags),
    '.Pp',
    'Examples:',
    ...display(examples),
  ]
}

function groupsPart(flags: FlagSpecs): readonly string[] {
  return [...flagGroups(flags)].flatMap(([title, members]) =>
    ['.Pp', prose(`${title}:`), flagList(members)].flat(),
  )
}

function flagList(flags: readonly (readonly [string, FlagSpec])[]): readonly string[] {
  const items = flags.flatMap(([name, { short, value, summary: about }]) => [
    `.It ${short === undefined ? '' : `Fl ${short} , `}Fl Fl ${name}${value === undefined ? '' : ` Ar ${value}`}`,
    ...prose(`${about}.`),
  ])
  return ['.Bl -tag -width Ds', ...items, '.El']
}

function rowList(rows: readonly Row[], term: (name: string) => string): readonly string[] {
  const items = rows.flatMap(([name, about]) => [`.It ${term(name)}`, prose(about)].flat())
  return ['.Bl -tag -width Ds', ...items, '.El']
}

function place(name: string): string {
  return `Ar ${name}`
}

function topicPart(name: string, term: (name: string) => string): readonly string[] {
  const { text, parts, examples } = topicCalled(name)
  return [
    ...text.flatMap(prose),
    ...parts.flatMap(({ title, rows }) => ['.Pp', prose(`${title}:`), rowList(rows, term)].flat()),
    '.Pp',
    'Examples:',
    ...display(examples),
  ]
}

function exitStatus(): readonly string[] {
  const { text, parts, examples } = topicCalled('exit-codes')
  return [
    ...text.flatMap(prose),
    ...rowList(
      exitCodes.map(({ code, name, meaning }) => [`${code} (${name})`, meaning]),
      escaped,
    ),
    ...parts
      .slice(1)
      .flatMap(({ title, rows }) => ['.Pp', prose(`${title}:`), rowList(rows, escaped)].flat()),
    '.Pp',
    'Examples:',
    ...display(examples),
  ]
}

function topicCalled(name: string): Topic {
  const found = topics.find((topic) => topic.name === name)
  if (found === undefined) throw new Error(`There is no topic ${name}`)
  return found
}

/** Things to type, each behind what it does. */
function display(examples: readonly Example[]): readonly string[] {
  const lines = examples.flatMap(({ type, does }, at) => [
    ...(at === 0 ? [] : ['']),
    `# ${escaped(does)}`,
    escaped(type),
  ])
  return ['.Bd -literal -offset indent', ...lines, '.Ed']
}

/** Running text: each sentence begins a line, as the language has it, and no line is long. */
function prose(text: string): readonly string[] {
  return text.split(/(?<=[.:!?]) /).flatMap((sentence) => {
    const lines = ['']
    for (const word of sentence.split(' ')) {
      const line = lines.at(-1) ?? ''
      if (line !== '' && line.length + word.length >= WIDTH) lines.push(word)
      else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
    }
    return lines.map(escaped)
  })
}

/** Text in which nothing is taken for the language's own. */
function escaped(text: string): string {
  return (
    text
      .replaceAll('\\', String.raw`\e`)
      .replaceAll('-', String.raw`\-`)
      .replaceAll("'", String.raw`\(aq`)
      .replaceAll('~', String.raw`\(ti`)
      .replaceAll('^', String.raw`\(ha`)
      .replaceAll('`', String.raw`\(ga`)
      .replace(/^\./, String.raw`\&.`)
      // oxlint-disable-next-line no-control-regex
      .replace(
        /[^\u0000-\u007f]/g,
        (char) => `\\[u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`,
      )
  )
}
