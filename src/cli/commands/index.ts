// The list of commands: add yours here.

import type { CommandEntry, CommandTable, Named } from '../command.ts'

/** Every command, in the order of help. */
const commands: readonly CommandEntry[] = [
  {
    name: 'configure',
    summary: 'Store the Client ID and Client Secret of your application',
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
    summary: 'Run a program with a working token in its environment',
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
    name: 'completion',
    summary: 'Print the script for Tab completion in your shell',
    load: async () => (await import('./completion.ts')).completion,
  },
  {
    name: 'help',
    summary: 'Show help for a command or a topic',
    load: async () => (await import('./help.ts')).help,
  },
  {
    name: 'version',
    summary: 'Print the version',
    load: async () => (await import('./version.ts')).version,
  },
]

/** The words that commands begin with and that are none themselves. */
const groups: readonly Named[] = [
  { name: 'mock-auth', summary: 'A local identity server, for offline work and for tests' },
]

/** The commands, and what help and completion have to know besides. */
export const table: CommandTable = { commands, groups }
