// Ends a long run with a table of its figures; a whole run, in full and without a failure, puts them into docs/reliability.md.

import fs from 'node:fs'
import path from 'node:path'
import type { Reporter, SerializedError, TestModule, TestSpecification, Vitest } from 'vitest/node'
import { type RecordedFigure, forgetFigures, isShort, readFigures, recordFigure } from './figures.ts'
import { writeReliabilityPage } from './reliability-page.ts'

/** Prints what was recorded, and keeps it. */
export default class FiguresReporter implements Reporter {
  #vitest: Vitest | undefined
  #began = ''
  /** Whether everything runs, and not a file or a test of it. */
  #isWhole = false

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
  }

  async onTestRunStart(specifications: readonly TestSpecification[]): Promise<void> {
    const all = (await this.#vitest?.globTestSpecifications()) ?? []
    this.#isWhole = specifications.length === all.length && this.#vitest?.config.testNamePattern === undefined
    this.#began = new Date().toISOString()
    if (this.#isWhole) forgetFigures()
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[], reason: string): void {
    recordTheRest(modules, this.#began)
    const figures = readFigures().filter(({ at }) => at >= this.#began)
    process.stdout.write(`\n${table(figures)}`)
    if (!this.#isWhole || isShort || reason !== 'passed' || unhandled.length > 0) return
    writeReliabilityPage(figures)
  }
}

/** Files that count nothing themselves are counted by their tests. */
function recordTheRest(modules: readonly TestModule[], began: string): void {
  for (const module of modules) {
    const file = path.relative('.', module.moduleId)
    const counts = fs.readFileSync(module.moduleId, 'utf8').includes('recordFigure(')
    const tests = [...module.children.allTests()].filter((test) => test.result().state !== 'skipped')
    if (counts || tests.length === 0 || began === '') continue
    const [first = ''] = fs.readFileSync(module.moduleId, 'utf8').split('\n')
    const took = tests.reduce((sum, test) => sum + (test.diagnostic()?.duration ?? 0), 0)
    recordFigure({
      area: file.split(path.sep)[1] ?? 'tests',
      what: first.replace(/^\/\/ |\.$/g, ''),
      tried: tests.length,
      failed: tests.filter((test) => test.result().state === 'failed').length,
      figure: `tests, in ${(took / 1000).toFixed(0)} s`,
      command: `npm run torture -- ${file}`,
    })
  }
}

/** For a terminal: what, how often, what went wrong, and below it what was measured. */
function table(figures: readonly RecordedFigure[]): string {
  const width = Math.max(...figures.map(({ what }) => what.length), 0)
  const lines = figures.map(({ area, what, tried, failed, figure }) => {
    const numbers = `${String(tried).padStart(7)} tried ${String(failed).padStart(4)} failed`
    return `${area.padEnd(10)} ${what.padEnd(width)} ${numbers}\n           ${figure}\n`
  })
  return lines.join('')
}
