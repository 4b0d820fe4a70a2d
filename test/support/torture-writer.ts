// A program that changes one file for ever, as the real one does, and says on standard output when a change is stored.

import fs from 'node:fs'
import { systemClock } from '../../src/platform/clock.ts'
import { createFiles } from '../../src/platform/files.ts'
import { createFileStore } from '../../src/store/file-store.ts'
import { generationOf, profileOf } from './generations.ts'

const [file = '', changes = 'Infinity'] = process.argv.slice(2)
const store = createFileStore({
  files: createFiles({ clock: systemClock }),
  clock: systemClock,
  path: file,
  lookup: () => undefined,
})

async function writeForEver(): Promise<void> {
  for (let left = Number(changes); left > 0; left--) {
    const profile = await store.update('default', async (stored, attempts) => {
      await attempts.announce('user')
      return profileOf(generationOf(stored) + 1)
    })
    fs.writeSync(1, `${generationOf(profile)}\n`)
  }
}

void writeForEver()
