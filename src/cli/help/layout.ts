// How help is laid out: sections with titles, names on the left, texts on the right, within the columns of the terminal.

import { createPalette } from '../palette.ts'
import { row } from '../rows.ts'

/** What help is laid out for. */
export interface PageStyle {
  readonly columns: number
  readonly color: boolean
}

/** A name, and what is said of it. */
export type Row = readonly [name: string, text: string]

/** A part of a page. Without a title it is prose. */
export interface Section {
  readonly title?: string
  readonly text?: readonly string[]
  readonly rows?: readonly Row[]
  /** Sections of the same kind have their texts begin in the same column. */
  readonly kind?: 'flags'
}

const NARROWEST = 40
// Longer lines are hard to read, however wide the terminal is.
const WIDEST = 100
const INDENT = 2
const DEEPER = 6
const LARGEST_LEFT = 0.55
const NARROWEST_RIGHT = 34

/** The page's text. */
export function layOut(sections: readonly Section[], { columns, color }: PageStyle): string {
  const width = Math.min(Math.max(columns, NARROWEST), WIDEST)
  const palette = createPalette(() => color)
  const flagsLeft = leftOf(
    sections.flatMap(({ rows = [], kind }) => (kind === 'flags' ? rows : [])),
    width,
  )
  const blocks = sections.map((section) => [
    ...(section.title === undefined ? [] : [palette.bold(`${section.title}:`)]),
    ...body(section, section.kind === 'flags' ? flagsLeft : leftOf(section.rows ?? [], width), width),
  ])
  // What belongs together is held together by spaces that nothing is broken at.
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`.replaceAll('\u00a0', ' ')
}

function body({ title, text = [], rows = [] }: Section, left: number, width: number): readonly string[] {
  const indent = title === undefined ? 0 : INDENT
  const prose = text.flatMap((paragraph, at) => [
    ...(at > 0 && title === undefined ? [''] : []),
    ...row('', paragraph, { left: indent, columns: width }),
  ])
  return [...prose, ...rows.flatMap(([name, about]) => line(name, about, left, width))]
}

/** A name is never broken: it may have to be typed. */
function line(name: string, about: string, left: number, columns: number): readonly string[] {
  const indented = `${' '.repeat(INDENT)}${name}`
  if (about === '') return [indented]
  if (indented.length + 1 < left) return row(indented, about, { left, columns })
  return [indented, ...row('', about, { left: DEEPER, columns })]
}

/** Where the right side begins: behind the longest of the names that leave room for it. */
function leftOf(rows: readonly Row[], width: number): number {
  const fitting = rows
    .map(([name]) => name.length)
    .filter((length) => length <= Math.min(width * LARGEST_LEFT, width - NARROWEST_RIGHT))
  return Math.max(0, ...fitting) + 2 * INDENT
}
