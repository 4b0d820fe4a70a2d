// Ends every run with one line that says how it went.

import type { Reporter, SerializedError, TestModule } from 'vitest/node'

/** Prints `N passed, N failed`. A file or a suite that could not be run, or an error that nothing caught, counts as a failed test. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const count = (state: string): number => tests.filter((test) => test.result().state === state).length
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()])
    const broken = suites.filter((suite) => suite.errors().length > 0).length
    const skipped = count('skipped')
    if (skipped > 0) process.stdout.write(`\n${skipped} skipped`)
    process.stdout.write(
      `\n${count('passed')} passed, ${count('failed') + broken + unhandled.length} failed\n`,
    )
  }
}
