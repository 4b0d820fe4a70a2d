// The built file as npm's shims start it: by itself, without `node` before it.

import { expect, test } from 'vitest'
import { createMachine } from '../support/program.ts'
import manifest from '../../package.json' with { type: 'json' }

test.skipIf(process.platform === 'win32')('the file that package.json names runs by itself', async () => {
  const { code, stdout } = await createMachine().command([
    `${process.cwd()}/${manifest.bin.twitch}`,
    'version',
  ])
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(manifest.version) })
})
