// The tests that run against mutants of the source: those that import it, and start no process of the built program.

import type { ViteUserConfig } from 'vitest/config'
import quick from './vitest.config.ts'

const config: ViteUserConfig = {
  ...quick,
  test: {
    ...quick.test,
    include: ['test/{store,client,domain,flows,session,platform,cli}/**/*.test.ts'],
    globalSetup: [],
    reporters: ['dot'],
    maxWorkers: 1,
  },
}

export default config
