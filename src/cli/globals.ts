// The flags that every command takes.

import type { FlagValues } from './command.ts'

/** Declared once, added to every command. */
export const globalFlags = {
  config: { value: 'FILE', summary: 'Keep the configuration in this file' },
  profile: { value: 'NAME', summary: 'Use this profile (or TWITCH_PROFILE)' },
  'auth-url': { value: 'URL', summary: 'Talk to this identity server (or TWITCH_AUTH_URL)' },
  mock: { summary: 'Use the local identity server: no account, no network' },
  json: { summary: 'Print one JSON document' },
  quiet: { short: 'q', summary: 'Print the bare access token, and no story' },
  verbose: { summary: 'Tell what is asked of the server, secrets left out' },
  'no-color': { summary: 'No colours (or NO_COLOR)' },
} as const

/** What they were given as. */
export type GlobalValues = FlagValues<typeof globalFlags>
