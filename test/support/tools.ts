// Other programs that some tests need, where the machine has them.

import { existsSync } from 'node:fs'
import path from 'node:path'

/** CI sets REQUIRE_TOOLS, so that nothing can be missing there unnoticed: what needs it then fails. */
const required = process.env['REQUIRE_TOOLS'] === '1'

/** Whether a file is there to test with. */
export function hasFile(file: string): boolean {
  return required || existsSync(file)
}

/** Whether a program is there to test with. */
export function hasTool(name: string): boolean {
  return (
    required || (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(path.join(folder, name)))
  )
}
