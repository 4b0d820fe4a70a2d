// The ratios as a picture: a bar each, and a line where its budget ends. Readable on a light and on a dark page.

import { type Form, forms } from './cases.ts'
import { type Ratio, isOver } from './ratios.ts'

const [WIDTH, LEFT, RIGHT] = [820, 350, 70]
const [ROW, BAR, HEADING] = [28, 14, 44]
const MARGIN = 16

const STYLE = `
  text { font: 13px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: #1f2328 }
  .heading { font-weight: 600; font-size: 14px }
  .quiet { fill: #59636e }
  .bar { fill: #9147ff }
  .over { fill: #d1242f }
  .budget { stroke: #1f2328; stroke-width: 2 }
  .one { stroke: #59636e; stroke-dasharray: 2 3 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc }
    .quiet { fill: #9198a1 }
    .bar { fill: #a970ff }
    .over { fill: #ff7b72 }
    .budget { stroke: #f0f6fc }
    .one { stroke: #9198a1 }
  }`

/** The picture of the ratios that have a budget. */
export function plot(ratios: readonly Ratio[]): string {
  const shown = ratios.filter(({ limit }) => limit !== undefined)
  const largest = Math.max(...shown.flatMap(({ ratio, limit = 0 }) => [ratio, limit]))
  const scale = (WIDTH - LEFT - RIGHT) / largest
  const parts: string[] = []
  let y = MARGIN
  for (const form of Object.keys(forms) as Form[]) {
    const rows = shown.filter((ratio) => ratio.form === form)
    parts.push(text(MARGIN, y + 18, capital(forms[form]), 'heading'))
    y += HEADING - 14
    const one = LEFT + scale
    parts.push(`<line class="one" x1="${px(one)}" y1="${y}" x2="${px(one)}" y2="${y + rows.length * ROW}"/>`)
    for (const row of rows) {
      parts.push(bar(row, y, scale))
      y += ROW
    }
    y += MARGIN
  }
  parts.push(
    text(
      MARGIN,
      y + 6,
      'Ratio of medians, whole processes. Dotted: as long as that. Solid: the budget.',
      'quiet',
    ),
  )
  const height = y + 2 * MARGIN
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img">`,
    '<title>How long commands take, as ratios against their budgets</title>',
    `<style>${STYLE}\n</style>`,
    ...parts,
    '</svg>\n',
  ].join('\n')
}

function bar(row: Ratio, y: number, scale: number): string {
  const { what, against, ratio, limit = 0 } = row
  const middle = y + ROW / 2
  const budget = px(LEFT + limit * scale)
  const end = LEFT + Math.max(ratio, limit) * scale
  return [
    `<text x="${MARGIN}" y="${middle + 4}">${escape(plain(what))} <tspan class="quiet">: ${escape(against)}</tspan></text>`,
    `<rect class="bar${isOver(row) ? ' over' : ''}" x="${LEFT}" y="${middle - BAR / 2}" width="${px(ratio * scale)}" height="${BAR}" rx="2"/>`,
    `<line class="budget" x1="${budget}" y1="${middle - 10}" x2="${budget}" y2="${middle + 10}"/>`,
    text(end + 8, middle + 4, ratio.toFixed(2)),
  ].join('\n')
}

function text(x: number, y: number, words: string, style?: string): string {
  return `<text x="${px(x)}" y="${px(y)}"${style === undefined ? '' : ` class="${style}"`}>${escape(words)}</text>`
}

function px(number: number): string {
  return String(Math.round(number * 10) / 10)
}

function plain(markdown: string): string {
  return markdown.replaceAll('`', '')
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function escape(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
