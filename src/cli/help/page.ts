// The pages of help: the program's, a command's, a topic's. All of them come from the table of commands.

import { Failure } from '../../domain/failure.ts'
import { alike } from '../../domain/alike.ts'
import type { Command, CommandEntry, CommandTable, FlagSpec, FlagSpecs, Named } from '../command.ts'
import { globalFlags, helpFlag, versionFlag } from '../globals.ts'
import { type PageStyle, type Row, type Section, layOut } from './layout.ts'
import { description, firstSteps, summary } from './overview.ts'
import { type Topic, exitCodesInShort, topics } from './topics.ts'

/**
 * The page for these words: a command's, that of the first word of several, a topic's, or for none the program's.
 *
 * @throws Failure `usage` when there is no such page
 */
export async function helpPage(
  words: readonly string[],
  table: CommandTable,
  style: PageStyle,
): Promise<string> {
  return layOut(await sectionsFor(words.join(' '), table), style)
}

async function sectionsFor(name: string, table: CommandTable): Promise<readonly Section[]> {
  if (name === '') return programPage(table)
  const entry = table.commands.find((each) => each.name === name)
  if (entry !== undefined) return commandPage(entry, await entry.load(), table)
  const group = table.groups.find((each) => each.name === name)
  if (group !== undefined) return groupPage(group, table)
  const topic = topics.find((each) => each.name === name)
  if (topic !== undefined) return topicPage(topic)
  const names = [...table.commands, ...table.groups, ...topics].map((each) => each.name)
  const near = names.find((each) => each.split(' ').at(-1) === name) ?? alike(name, names)[0]
  throw new Failure('usage', 'help_unknown', 'There is no help of that name.', {
    hint:
      near === undefined
        ? 'twitch help names the commands and the topics'
        : `Did you mean twitch help ${near}?`,
  })
}

const exitCodesSection: Section = { title: 'Exit codes', text: [exitCodesInShort()] }

function programPage({ commands }: CommandTable): readonly Section[] {
  return [
    { text: [`${summary}.`, description] },
    { title: 'Usage', rows: [['twitch COMMAND [flags]', '']] },
    { title: 'Start here', rows: firstSteps.map(({ type, does }) => [type, does]) },
    { title: 'Commands', rows: commands.map((entry) => [entry.name, entry.summary]) },
    ...flagSections({ ...globalFlags, ...helpFlag, ...versionFlag }),
    {
      title: 'More',
      rows: [
        ['twitch help COMMAND', 'All about a command, with examples (or COMMAND --help)'],
        ...topics.map((topic): Row => [`twitch help ${topic.name}`, topic.summary]),
      ],
    },
    exitCodesSection,
  ]
}

function groupPage(group: Named, table: CommandTable): readonly Section[] {
  return [
    { text: [`${group.summary}.`] },
    { title: 'Usage', rows: [[`twitch ${group.name} COMMAND [flags]`, '']] },
    ...childrenSection(group, table),
    ...flagSections({ ...globalFlags, ...helpFlag }),
  ]
}

function commandPage(entry: CommandEntry, command: Command, table: CommandTable): readonly Section[] {
  const { description = [], examples, flags } = command
  const children = childrenSection(entry, table)
  return [
    { text: [`${entry.summary}.`, ...description] },
    {
      title: 'Usage',
      rows: [
        [synopsis(entry, command), ''],
        ...(children.length === 0 ? [] : [[`twitch ${entry.name} COMMAND [flags]`, ''] as const]),
      ],
    },
    { title: 'Examples', rows: examples.map(({ type, does }) => [type, does]) },
    ...children,
    ...argumentsSection(command),
    ...flagSections({ ...flags, ...globalFlags, ...helpFlag }),
    exitCodesSection,
  ]
}

/** How a command is called: `twitch token exec [flags] -- CMD [ARG...]`. */
export function synopsis({ name }: Named, { arguments: words = [], passThrough }: Command): string {
  const places = words.map(({ name: place, required, rest }) => {
    const text = `${place}${rest === true ? '...' : ''}`
    return required === true ? text : `[${text}]`
  })
  return ['twitch', name, '[flags]', ...(passThrough === true ? ['--'] : []), ...places].join(' ')
}

/** The flags by the headings that they stand under, those without one first, those of every command last. */
export function flagGroups(flags: FlagSpecs): ReadonlyMap<string, readonly (readonly [string, FlagSpec])[]> {
  const all = Object.entries(flags)
  const titles = new Set(['Flags', ...all.map(([, { group }]) => group ?? 'Flags')])
  return new Map(
    [...titles]
      .map((title) => [title, all.filter(([, { group = 'Flags' }]) => group === title)] as const)
      .filter(([, members]) => members.length > 0),
  )
}

function flagSections(flags: FlagSpecs): readonly Section[] {
  return [...flagGroups(flags)].map(([title, members]) => ({
    title,
    rows: members.map(flagRow),
    kind: 'flags',
  }))
}

function flagRow([name, { short, value, summary: about }]: readonly [string, FlagSpec]): Row {
  const letter = short === undefined ? '    ' : `-${short}, `
  return [`${letter}--${name}${value === undefined ? '' : ` ${value}`}`, about]
}

function argumentsSection({ arguments: words = [] }: Command): readonly Section[] {
  if (words.length === 0) return []
  return [{ title: 'Arguments', rows: words.map(({ name, summary: about }) => [name, about]) }]
}

function childrenSection({ name }: Named, { commands }: CommandTable): readonly Section[] {
  const children = commands.filter((each) => each.name.startsWith(`${name} `))
  if (children.length === 0) return []
  return [{ title: 'Commands', rows: children.map((each) => [each.name, each.summary]) }]
}

function topicPage({ summary: about, text, parts, examples }: Topic): readonly Section[] {
  return [
    { text: [`${about}.`, ...text] },
    ...parts,
    { title: 'Examples', rows: examples.map(({ type, does }) => [type, does]) },
  ]
}
