// How the tests run: the program is built first, so that those which start it start what is there now.

import { type ViteUserConfig, defineConfig } from 'vitest/config'
import manifest from './package.json' with { type: 'json' }

const config: ViteUserConfig = defineConfig({
  define: { __VERSION__: JSON.stringify(manifest.version) },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.deep.test.ts'],
    globalSetup: 'test/support/build-program.ts',
    reporters: ['default', './test/support/summary-reporter.ts'],
    testTimeout: 20_000,
    // No module remembers anything, so one copy of each serves all tests of a worker.
    isolate: false,
    // Most tests wait for a process or a browser, and not for the processor.
    maxWorkers: 3,
  },
})

export default config
