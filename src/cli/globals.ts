// The flags that every command takes.

import type { FlagValues } from './command.ts'

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
  mock: { summary: 'Use the local identity server: no account, no network', group: 'Global flags' },
  json: { summary: 'Print one JSON document', group: 'Global flags' },
  quiet: { short: 'q', summary: 'Print the bare access token, and no story', group: 'Global flags' },
  verbose: { summary: 'Tell what is asked of the server, secrets left out', group: 'Global flags' },
  'no-color': { summary: 'No colours (or NO_COLOR)', group: 'Global flags' },
} as const

/** What they were given as. */
export type GlobalValues = FlagValues<typeof globalFlags>
