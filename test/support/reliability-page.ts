// The part of docs/reliability.md that is made of figures, between its two marks.

import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { RecordedFigure } from './figures.ts'

const PAGE = path.resolve('docs', 'reliability.md')
const BEGIN = '<!-- figures: begin -->'
const END = '<!-- figures: end -->'

/** Writes it anew. */
export function writeReliabilityPage(figures: readonly RecordedFigure[]): void {
  const page = fs.readFileSync(PAGE, 'utf8')
  const [before = ''] = page.split(BEGIN)
  const [, after = ''] = page.split(END)
  fs.writeFileSync(PAGE, `${before}${BEGIN}\n\n${block(figures)}\n${END}${after}`)
  execFileSync(path.resolve('node_modules', '.bin', 'oxfmt'), [PAGE])
}

function block(figures: readonly RecordedFigure[]): string {
  const machine = `${os.cpus().length} processors (${os.cpus()[0]?.model ?? 'unknown'}), ${os.type()} ${os.release()}, Node ${process.versions.node}`
  const areas = [...new Set(figures.map(({ area }) => area))]
  const parts = areas.map((area) => {
    const rows = figures
      .filter((figure) => figure.area === area)
      .map(({ what, tried, failed, figure }) => `| ${[what, tried, failed, figure].map(cell).join(' | ')} |`)
    const commands = [
      ...new Set(figures.filter((figure) => figure.area === area).map(({ command }) => command)),
    ]
    return [
      `### ${area[0]?.toUpperCase()}${area.slice(1)}`,
      '',
      '| What | Tried | Lost or failed | Figures |',
      '| --- | --- | --- | --- |',
      ...rows,
      '',
      'Again:',
      '',
      '```sh',
      ...commands,
      '```',
      '',
    ].join('\n')
  })
  return `Measured ${new Date().toISOString().slice(0, 10)} on ${machine}.\n\n${parts.join('\n')}`
}

function cell(value: string | number): string {
  return (typeof value === 'number' ? value.toLocaleString('en') : value).replaceAll('|', '\\|')
}
