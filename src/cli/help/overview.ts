// What the program is, in the words that help and the man page begin with.

import type { Example } from '../command.ts'

/** One sentence without a full stop. */
export const summary = 'Twitch access tokens for developers and their programs'

/** What it does, in a sentence or two. */
export const description =
  'It gets app tokens and user tokens, keeps them in the file of the official CLI, renews them when they end, and hands them to your programs.'

/** The first things to type. */
export const firstSteps: readonly Example[] = [
  { type: 'twitch token --mock', does: 'try it: no account, no network' },
  { type: 'twitch configure', does: 'store your application’s Client ID and Client Secret' },
  { type: 'twitch token', does: 'get an app token' },
  { type: 'twitch token -u -s "chat:read chat:edit"', does: 'log a user in, for these scopes' },
  { type: 'twitch token print', does: 'print a token that works, for a script' },
  { type: 'twitch token exec -- node bot.js', does: 'run a program with that token' },
]
