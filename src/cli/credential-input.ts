// Credentials as they are typed, piped or asked for at the terminal.

import { parseClientId, parseClientSecret } from '../domain/application.ts'
import { Failure } from '../domain/failure.ts'
import type { Secret } from '../domain/secret.ts'
import type { CommandContext } from './context.ts'

/** Flags for the application's credentials, wherever a command takes them for one call. */
export const credentialFlags = {
  'client-id': { value: 'ID', summary: 'Use this Client ID, and store nothing', group: 'Credentials' },
  secret: {
    value: 'SECRET',
    secret: true,
    summary: 'Use this Client Secret (better: --secret-stdin)',
    group: 'Credentials',
  },
  'secret-stdin': { summary: 'Read the Client Secret from standard input', group: 'Credentials' },
} as const

/** What those flags were given as. */
export interface CredentialFlagValues {
  readonly 'client-id': string | undefined
  readonly secret: string | undefined
  readonly 'secret-stdin': boolean
}

/** Reads the flags, and standard input if they say so. */
export async function readCredentialFlags(
  context: CommandContext,
  flags: CredentialFlagValues,
): Promise<{ clientId: string | undefined; clientSecret: Secret | undefined }> {
  const clientId = flags['client-id'] === undefined ? undefined : parseClientId(flags['client-id'])
  return { clientId, clientSecret: await readSecretFlags(context, flags.secret, flags['secret-stdin']) }
}

/** The secret that a flag gives, or undefined. */
export async function readSecretFlags(
  context: CommandContext,
  typed: string | undefined,
  fromInput: boolean,
): Promise<Secret | undefined> {
  if (typed !== undefined && fromInput) {
    throw new Failure('usage', 'flags_conflict', '--secret and --secret-stdin do not go together.')
  }
  if (fromInput) {
    const piped = await readPiped(context, 'Client Secret')
    return parseClientSecret(piped)
  }
  if (typed === undefined) return undefined
  context.narrator.warn(
    'a secret on the command line stays in the history of the shell; --secret-stdin keeps it out.',
  )
  return parseClientSecret(typed)
}

/** What was piped in; at a terminal it is asked for, masked. */
export async function readPiped(context: CommandContext, name: string): Promise<string> {
  const { terminal } = context
  return terminal.interactive ? terminal.ask({ message: name, masked: true }) : terminal.readInput()
}

/** Asks for the Client ID and, unless the application is public, for the Client Secret. */
export async function askForClientId({ terminal }: CommandContext): Promise<string> {
  return parseClientId(await terminal.ask({ message: 'Client ID', check: complaint(parseClientId) }))
}

/** Asks for the Client Secret, masked. */
export async function askForClientSecret({ terminal }: CommandContext): Promise<Secret> {
  return parseClientSecret(
    await terminal.ask({ message: 'Client Secret', masked: true, check: complaint(parseClientSecret) }),
  )
}

function complaint(read: (text: string) => unknown): (answer: string) => string | undefined {
  return (answer) => {
    try {
      read(answer)
      return undefined
    } catch (error) {
      if (error instanceof Failure) return error.message
      throw error
    }
  }
}
