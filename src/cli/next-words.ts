// Which words can follow in the name of a command.

import type { Choice, CommandTable } from './command.ts'

/** The words that go on from these, in the order of help: after `token`, `print` and its neighbours. */
export function nextWords(path: readonly string[], { commands, groups }: CommandTable): readonly Choice[] {
  const start = path.map((word) => `${word} `).join('')
  const heads = commands.flatMap(({ name }) =>
    name.startsWith(start) ? [name.slice(start.length).split(' ', 1).join('')] : [],
  )
  return [...new Set(heads)].flatMap((value) => {
    const named = [...commands, ...groups].find(({ name }) => name === `${start}${value}`)
    return named === undefined ? [] : [{ value, summary: named.summary }]
  })
}
