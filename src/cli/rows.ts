// Names on the left, what they stand for on the right, wrapped to the terminal. The texts are our own words, in which each
// character is one column wide; a library that knows better takes longer to load than help takes to print.

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
  const lines = wrap(text, Math.max(columns - left, NARROWEST))
  if (name !== '' && name.length >= left) return [name, ...lines.map((line) => `${' '.repeat(left)}${line}`)]
  return lines.map((line, index) => `${(index === 0 ? name : '').padEnd(left)}${line}`.trimEnd())
}

/** The text in lines that are no longer than that, but for a word that is. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line: string | undefined
  for (const word of text.split(' ')) {
    if (line === undefined) line = word
    else if (line.length + 1 + word.length <= width) line += ` ${word}`
    else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line ?? '']
}
