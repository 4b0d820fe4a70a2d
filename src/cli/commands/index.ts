// The list of commands: add yours here.

import type { CommandEntry } from '../command.ts'

/** Every command, in the order of help. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'configure',
    summary: 'Store the Client ID and Client Secret of your Twitch application',
    load: async () => (await import('./configure.ts')).configure,
  },
  {
    name: 'token',
    summary: 'Get an access token, or validate, revoke or refresh one',
    load: async () => (await import('./token/token.ts')).token,
  },
  {
    name: 'token print',
    summary: 'Print a working access token, renewed if it has to be',
    load: async () => (await import('./token/print.ts')).print,
  },
  {
    name: 'token status',
    summary: 'Show what is stored, for whom, and until when',
    load: async () => (await import('./token/status.ts')).status,
  },
  {
    name: 'token exec',
    summary: 'Run a program with a working access token in its environment',
    load: async () => (await import('./token/exec.ts')).exec,
  },
  {
    name: 'token scopes',
    summary: 'List the scopes of Twitch, or those of a token',
    load: async () => (await import('./token/scopes.ts')).scopes,
  },
  {
    name: 'token logout',
    summary: 'Revoke the stored tokens, then forget them',
    load: async () => (await import('./token/logout.ts')).logout,
  },
  {
    name: 'mock-auth start',
    summary: 'Run a local identity server that answers as Twitch does',
    load: async () => (await import('./mock-auth/start.ts')).mockAuthStart,
  },
  {
    name: 'version',
    summary: 'Print the version',
    load: async () => (await import('./version.ts')).version,
  },
]
