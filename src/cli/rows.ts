// Names on the left, what they stand for on the right, wrapped to the terminal.

import wrap from 'wrap-ansi'

/** Where a text goes. */
export interface Layout {
  /** How wide the left side is, the space between them included. */
  readonly left: number
  /** How wide both are. */
  readonly columns: number
}

/** Too narrow a right side would be a column of single words. */
const NARROWEST = 20

/** How far a text is indented that stands under its name. */
const INDENT = 2

/**
 * A name with its text, which goes on under its own beginning. A name that is too long stands alone, and so does one
 * whose text has a word that is too long, such as a path: broken, it could not be copied.
 */
export function row(name: string, text: string, { left, columns }: Layout): readonly string[] {
  const longest = Math.max(...text.split(' ').map((word) => word.length))
  if (longest > columns - left && left > INDENT) {
    return [...(name === '' ? [] : [name]), ...row('', text, { left: INDENT, columns })]
  }
  const lines = wrap(text, Math.max(columns - left, NARROWEST)).split('\n')
  if (name.length >= left) return [name, ...lines.map((line) => `${' '.repeat(left)}${line}`)]
  return lines.map((line, index) => `${(index === 0 ? name : '').padEnd(left)}${line}`.trimEnd())
}
