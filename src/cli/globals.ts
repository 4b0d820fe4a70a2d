// The flags that every command takes.

import type { FlagSpecs, FlagValues } from './command.ts'

/** Declared once, added to every command. */
export const globalFlags = {
  config: {
    value: 'FILE',
    summary: 'Keep the configuration in this file',
    group: 'Global flags',
    complete: 'files',
  },
  profile: {
    value: 'NAME',
    summary: 'Use this profile (or TWITCH_PROFILE)',
    group: 'Global flags',
    complete: 'profiles',
  },
  'auth-url': {
    value: 'URL',
    summary: 'Talk to this identity server (or TWITCH_AUTH_URL)',
    group: 'Global flags',
  },
  mock: { summary: 'Try it on a local identity server, with no account', group: 'Global flags' },
  json: { summary: 'Print one JSON document', group: 'Global flags' },
  quiet: { short: 'q', summary: 'Print no more than the access token', group: 'Global flags' },
  verbose: { summary: 'Show each request to the server, without secrets', group: 'Global flags' },
  'no-color': { summary: 'Print no colours (or NO_COLOR)', group: 'Global flags' },
} as const

/** What they were given as. */
export type GlobalValues = FlagValues<typeof globalFlags>

/** What every command takes besides, and the reader of the words sees to. */
export const helpFlag: FlagSpecs = {
  help: { short: 'h', summary: 'Show this help', group: 'Global flags' },
}

/** What the program takes where no command is named. */
export const versionFlag: FlagSpecs = {
  version: { summary: 'Print the version', group: 'Global flags' },
}
