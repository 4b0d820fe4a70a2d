// The standalone program's door: the same program, whose requests go through its runtime's own `fetch`.

import { run } from './cli/run.ts'
import { createFetchHttp } from './platform/fetch-http.ts'
import { start } from './platform/node.ts'

start(run, createFetchHttp())
