// What the long tests measured: one line of JSON each, kept until the same thing is measured again.

import fs from 'node:fs'
import path from 'node:path'

/** One thing that was tried many times. */
export interface Figure {
  /** What it is about; names the file that it is kept in. */
  readonly area: string
  /** What was tried, in words that stay the same from run to run. */
  readonly what: string
  /** How often. */
  readonly tried: number
  /** How often it went wrong, or something was lost. */
  readonly failed: number
  /** What was measured or counted on the way, in words. */
  readonly figure: string
  /** Runs it again. */
  readonly command: string
}

/** A figure with the time at which it was recorded, and whether all of it was tried. */
export interface RecordedFigure extends Figure {
  readonly at: string
  readonly form: 'full' | 'short'
}

/** Where figures are kept. */
const FOLDER: string = path.resolve('artifacts', 'figures')

/** Whether the long tests are to be short, as in CI. */
export const isShort: boolean = process.env['TORTURE'] === 'short'

/** How much is tried: all of it, or as much as CI has time for. */
export function amount(full: number, short: number): number {
  return isShort ? short : full
}

/** Keeps a figure, in place of the one that there was. */
export function recordFigure(figure: Figure): void {
  const { area, what } = figure
  const recorded: RecordedFigure = {
    ...figure,
    at: new Date().toISOString(),
    form: isShort ? 'short' : 'full',
  }
  const others = readArea(`${area}.jsonl`).filter((other) => other.what !== what)
  fs.mkdirSync(FOLDER, { recursive: true })
  const lines = [...others, recorded].map((each) => `${JSON.stringify(each)}\n`)
  fs.writeFileSync(path.join(FOLDER, `${area}.jsonl`), lines.join(''))
}

/** All figures that are kept, area by area. */
export function readFigures(): readonly RecordedFigure[] {
  if (!fs.existsSync(FOLDER)) return []
  return fs.readdirSync(FOLDER).toSorted().flatMap(readArea)
}

/** Forgets all figures. */
export function forgetFigures(): void {
  fs.rmSync(FOLDER, { recursive: true, force: true })
}

function readArea(name: string): readonly RecordedFigure[] {
  const file = path.join(FOLDER, name)
  if (!fs.existsSync(file)) return []
  const lines = fs.readFileSync(file, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as RecordedFigure)
}

/** The value below which this share of the numbers is; of none, 0. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
