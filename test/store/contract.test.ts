// Every store, held to the contract: add yours here.

import path from 'node:path'
import { systemClock } from '../../src/platform/clock.ts'
import { createFiles } from '../../src/platform/files.ts'
import { createFileStore } from '../../src/store/file-store.ts'
import { createMemoryStore } from '../../src/store/memory-store.ts'
import { temporaryFolder } from '../support/program.ts'
import { storeContract } from './contract.ts'

storeContract('in memory', () => createMemoryStore(systemClock))

storeContract('in files', () =>
  createFileStore({
    files: createFiles({ clock: systemClock }),
    clock: systemClock,
    path: path.join(temporaryFolder(), '.twitch-cli.env'),
    lookup: () => undefined,
  }),
)
