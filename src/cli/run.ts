// The program as a function of its words and its world: parse, run the command, present, and say the exit code.

import { Failure } from '../domain/failure.ts'
import type { World } from '../domain/ports.ts'
import type { FlagSpecs } from './command.ts'
import { commands } from './commands/index.ts'
import { createContext } from './context.ts'
import { BUG, DONE, exitCode } from './exit-code.ts'
import type { GlobalValues } from './globals.ts'
import { createNarrator } from './narrate.ts'
import { type Palette, createPalette } from './palette.ts'
import { parse } from './parser.ts'
import { presentFailure, presentResult } from './present.ts'
import type { Voice } from './said.ts'

/** Runs the program. @returns the exit code */
export async function run(words: readonly string[], world: World): Promise<number> {
  const { terminal } = world
  // Until the words are understood, these are guesses good enough to say what was wrong with them.
  let voice: Voice =
    words.includes('--json') && !words.includes('-q') && !words.includes('--quiet') ? 'json' : 'human'
  let verbose = words.includes('--verbose')
  let isOut = false
  const palette = createPalette(terminal.color && !words.includes('--no-color'))
  try {
    const parsed = await parse(words, commands, { columns: terminal.columns })
    if (parsed.kind === 'help') {
      terminal.out(parsed.text)
      return DONE
    }
    // Every command is declared with the global flags.
    const globals = parsed.flags as GlobalValues
    if (givesSecret(parsed.command.flags, parsed.flags)) world.hideArguments()
    verbose = globals.verbose
    voice = voiceOf(globals)
    const narrator = createNarrator({ terminal, clock: world.clock, palette, voice, verbose })
    const context = createContext(world, globals, narrator)
    const said = await parsed.command.run(context, parsed.flags, parsed.words)
    await presentResult(said, voice, terminal, world.clock.now())
    isOut = true
    return await said.afterwards()
  } catch (error) {
    // A document that is out is not followed by another.
    return fail(error, { voice: isOut && voice === 'json' ? 'human' : voice, verbose, palette, world })
  }
}

/** Whether a credential stands on the command line. */
function givesSecret(specs: FlagSpecs, given: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(specs).some(([name, { secret }]) => secret === true && given[name] !== undefined)
}

function voiceOf({ json, quiet }: GlobalValues): Voice {
  if (json && quiet) throw new Failure('usage', 'flags_conflict', '--json and --quiet do not go together.')
  if (json) return 'json'
  return quiet ? 'quiet' : 'human'
}

interface Saying {
  readonly voice: Voice
  readonly verbose: boolean
  readonly palette: Palette
  readonly world: World
}

function fail(error: unknown, { voice, verbose, palette, world: { terminal, version } }: Saying): number {
  if (verbose && error instanceof Error) terminal.err(`${palette.dim(error.stack ?? '')}\n`)
  if (error instanceof Failure) {
    presentFailure(error, voice, terminal, palette)
    return exitCode(error)
  }
  const what = error instanceof Error ? error.name : 'Something'
  terminal.err(
    `${palette.red('error:')} A fault of twitch-token ${version} itself (${what}). Nothing was changed on purpose.\n`,
  )
  terminal.err(`${palette.bold('hint:')} Run it again with --verbose, and report what it prints\n`)
  return BUG
}
