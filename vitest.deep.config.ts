// The long tests: storms, kills, fuzzing, corpora. Each is bounded in number and time.

import type { ViteUserConfig } from 'vitest/config'
import quick from './vitest.config.ts'

const config: ViteUserConfig = {
  ...quick,
  test: {
    ...quick.test,
    include: ['test/**/*.deep.test.ts'],
    exclude: [],
    reporters: ['default', './test/support/figures-reporter.ts', './test/support/summary-reporter.ts'],
    maxWorkers: 1,
    testTimeout: 300_000,
  },
}

export default config
