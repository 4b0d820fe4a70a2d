// The tests that run against mutants of the source: those that import it, and start no process of the built program.

import type { ViteUserConfig } from 'vitest/config'
import quick from './vitest.config.ts'

const config: ViteUserConfig = {
  ...quick,
  test: {
    ...quick.test,
    include: [
      'test/{store,client,domain,flows,session,platform}/**/*.test.ts',
      'test/cli/{malformed-answers,trace}.test.ts',
    ],
    globalSetup: [],
    reporters: ['dot'],
    // A mutant often makes a test wait for what never comes; on a busy machine the longest of these takes three seconds.
    testTimeout: 6_000,
    maxWorkers: 1,
  },
}

export default config
