// The README's table of commands, from the table that the program has.

import { table } from '../src/cli/commands/index.ts'

const BEGIN = '<!-- commands -->'
const END = '<!-- /commands -->'

/** The table, in Markdown, its columns aligned as the formatter has them. */
function commandTable(): string {
  const rows = table.commands.map(({ name, summary }) => [`\`twitch ${name}\``, summary] as const)
  const all = [['command', 'what it does'] as const, ...rows]
  const [left, right] = [0, 1].map((column) => Math.max(...all.map((row) => (row[column] ?? '').length)))
  const lines = all.map(([name, text]) => `| ${name.padEnd(left ?? 0)} | ${text.padEnd(right ?? 0)} |`)
  const rule = `| ${'-'.repeat(left ?? 0)} | ${'-'.repeat(right ?? 0)} |`
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}

/** The README with that table between its marks; undefined if it has no marks. */
export function withCommandTable(readme: string): string | undefined {
  const from = readme.indexOf(BEGIN)
  const to = readme.indexOf(END)
  if (from === -1 || to < from) return undefined
  return `${readme.slice(0, from + BEGIN.length)}\n\n${commandTable()}\n\n${readme.slice(to)}`
}
