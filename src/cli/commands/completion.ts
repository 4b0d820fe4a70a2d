// `twitch completion SHELL`: the script that makes Tab complete commands, flags, scopes and profiles.

import { Failure } from '../../domain/failure.ts'
import { printable } from '../../domain/printable.ts'
import { type Command, command } from '../command.ts'
import { scripts } from '../completion/scripts.ts'
import { type Voices, said } from '../said.ts'

const shells = Object.keys(scripts)

interface Printed {
  readonly shell: string
  readonly script: string
}

/** Prints it. */
export const completion: Command = command({
  description: [
    'To have it in every shell that you open, add one line to the file that the shell reads when it starts: below, each shell’s line and file. For zsh, put it behind compinit if you have that.',
  ],
  examples: Object.values(scripts).map(({ line, file }) => ({ type: line, does: `the line for ${file}` })),
  flags: {},
  arguments: [{ name: 'SHELL', summary: `One of ${shells.join(', ')}`, required: true, complete: shells }],
  async run(_context, _flags, [shell = '']) {
    const script = Object.hasOwn(scripts, shell) ? scripts[shell] : undefined
    if (script !== undefined) return said({ shell, script: script.text }, voices)
    throw new Failure(
      'usage',
      'shell_unknown',
      `There is no completion for the shell "${printable(shell)}".`,
      {
        hint: `There are ${shells.join(', ')}`,
      },
    )
  },
})

const voices: Voices<Printed> = {
  human: ({ script }) => [script.trimEnd()],
  json: (printed) => printed,
  quiet: ({ script }) => script.trimEnd(),
}
