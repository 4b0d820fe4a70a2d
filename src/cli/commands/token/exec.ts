// `twitch token exec -- CMD`: a program with a working token in its environment.

import { command, type Command } from '../../command.ts'
import { tokenEnvironment } from '../../print-voices.ts'
import type { Said } from '../../said.ts'
import { workingToken, workingTokenFlags, workingTokenRequest } from './print.ts'

/** Ours, or the official CLI's: what a child needs none of, or gets anew. */
const TAKEN_OUT = /^TWITCH_(ACCESS_?TOKEN|REFRESH_?TOKEN|APP_?ACCESS_?TOKEN|CLIENT_?SECRET)$/

/** Runs the program. */
export const exec: Command = command({
  description: [
    'The program finds TWITCH_ACCESS_TOKEN, TWITCH_CLIENT_ID, TWITCH_TOKEN_EXPIRES_AT and, with a user token, TWITCH_LOGIN and TWITCH_USER_ID; the Client Secret and the refresh token are not in its environment. Its input and output, its exit code and the signals it gets are its own. It ends with 127 if there is no such program.',
  ],
  examples: [
    { type: 'twitch token exec -- node bot.js', does: 'a bot that reads TWITCH_ACCESS_TOKEN' },
    {
      type: 'twitch token exec --user --require-scope chat:read -- ./bot --verbose',
      does: 'flags behind -- are the program’s',
    },
    { type: 'twitch token exec -- sh -c \'echo "$TWITCH_LOGIN"\'', does: 'whose token it is' },
  ],
  flags: workingTokenFlags,
  arguments: [
    { name: 'CMD', summary: 'The program', required: true, complete: 'programs' },
    { name: 'ARG', summary: 'What it is given', rest: true, complete: 'files' },
  ],
  passThrough: true,
  async run(context, flags, words): Promise<Said> {
    const token = await workingToken(context, await workingTokenRequest(flags))
    const { world } = context
    const inherited = Object.entries(world.environment).filter(([name]) => !TAKEN_OUT.test(name))
    return {
      // What there is to say, the program says.
      async *texts() {},
      afterwards: async () =>
        world.execute(words, { ...Object.fromEntries(inherited), ...tokenEnvironment(token) }),
    }
  },
})
