// The program's door.

import { run } from './cli/run.ts'
import { start } from './platform/node.ts'

start(run)
