// Builds the program once, before any test.

import { rolldown } from 'rolldown'
import options from '../../rolldown.config.ts'

/** Called by vitest. */
export default async function buildProgram(): Promise<void> {
  for (const { output, ...input } of [options].flat()) {
    const bundle = await rolldown(input)
    for (const target of [output ?? {}].flat()) await bundle.write(target)
    await bundle.close()
  }
}
