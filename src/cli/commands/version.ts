// `twitch version`: one line.

import { type Command, type Voices, command, said } from '../command.ts'

/** Says which version this is. */
export const version: Command = command({
  name: 'version',
  summary: 'Print the version',
  examples: [{ type: 'twitch version', does: 'prints, for example, twitch-token/1.0.0' }],
  flags: {},
  run: async ({ world }) => said(world.version, voices),
})

const voices: Voices<string> = {
  human: (number) => [`twitch-token/${number}`],
  json: (number) => ({ name: 'twitch-token', version: number }),
  quiet: (number) => number,
}
