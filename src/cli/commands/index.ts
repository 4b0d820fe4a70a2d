// The list of commands: add yours here.

import type { Command } from '../command.ts'
import { configure } from './configure.ts'
import { mockAuthStart } from './mock-auth/start.ts'
import { token } from './token/token.ts'
import { version } from './version.ts'

/** Every command, in the order of help. */
export const commands: readonly Command[] = [configure, token, mockAuthStart, version]
