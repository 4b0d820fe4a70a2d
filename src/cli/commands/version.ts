// `twitch version`: one line.

import { type Command, command } from '../command.ts'
import { type Voices, said } from '../said.ts'

/** Says which version this is. */
export const version: Command = command({
  examples: [{ type: 'twitch version', does: 'prints, for example, twitch-token/1.0.0' }],
  flags: {},
  run: async ({ world }) => said(world.version, voices),
})

const voices: Voices<string> = {
  human: (number) => [`twitch-token/${number}`],
  json: (number) => ({ name: 'twitch-token', version: number }),
  quiet: (number) => number,
}
