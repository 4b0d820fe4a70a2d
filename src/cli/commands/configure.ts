// `twitch configure`: stores the application, after asking the identity server whether it is right.

import { type Application, parseClientId } from '../../domain/application.ts'
import { Failure } from '../../domain/failure.ts'
import type { Secret } from '../../domain/secret.ts'
import type { Configured } from '../../session/configure.ts'
import { type Command, command } from '../command.ts'
import { type Voices, said } from '../said.ts'
import type { CommandContext } from '../context.ts'
import { askForClientId, askForClientSecret, readSecretFlags } from '../credential-input.ts'

/** Where the browser comes back to when nothing else is said. */
const REDIRECT_URL = 'http://localhost:3000'

interface Stored extends Configured {
  readonly file: string
}

/** Stores the application. */
export const configure: Command = command({
  description: [
    'Both come from https://dev.twitch.tv/console/apps. What is not given is asked for. The credentials are checked with Twitch before they are stored; what Twitch refuses is not stored.',
  ],
  examples: [
    { type: 'twitch configure', does: 'asks for both' },
    { type: 'twitch configure --client-id ID --secret-stdin < secret.txt', does: 'asks for nothing' },
    {
      type: 'twitch configure --client-id ID --public',
      does: 'for an application of client type Public, which has no secret',
    },
  ],
  flags: {
    'client-id': { short: 'i', value: 'ID', summary: 'The Client ID' },
    'client-secret': {
      short: 's',
      value: 'SECRET',
      secret: true,
      summary: 'The Client Secret (better: --secret-stdin)',
    },
    'secret-stdin': { summary: 'Read the Client Secret from standard input' },
    public: { summary: 'The application is public: it has no secret' },
    'no-verify': { summary: 'Store without asking Twitch' },
  },
  async run(context, flags) {
    if (flags.public && (flags['client-secret'] !== undefined || flags['secret-stdin'])) {
      throw new Failure(
        'usage',
        'flags_conflict',
        '--public does not go with a Client Secret: a public application has none.',
      )
    }
    const clientSecret = await readSecretFlags(context, flags['client-secret'], flags['secret-stdin'])
    const clientId = flags['client-id'] === undefined ? undefined : parseClientId(flags['client-id'])
    const application = await complete(context, { clientId, clientSecret, isPublic: flags.public })
    return said(await store(context, application, !flags['no-verify']), voices)
  },
})

/** Asks for the application and stores it, as `configure` without flags does; for a command that can't go on without one. */
export async function configureFirst(context: CommandContext): Promise<void> {
  context.narrator.stamped('No Client ID or Secret found in configuration. Triggering configuration now.')
  await store(context, await complete(context, { isPublic: false }), true)
  context.narrator.tell('Updated configuration.')
}

interface Given {
  readonly clientId?: string | undefined
  readonly clientSecret?: Secret | undefined
  readonly isPublic: boolean
}

/** What was given, then what the environment has, then what a person types. A new secret alone is for the stored Client ID. */
async function complete(context: CommandContext, given: Given): Promise<Application> {
  const environment = context.environmentCredentials
  const clientId =
    given.clientId ??
    environment.clientId ??
    (given.clientSecret && (await context.store.read(context.profile)).application?.clientId) ??
    (await ask(context, 'Client ID', askForClientId))
  if (given.isPublic) return { type: 'public', clientId }
  const environmentSecret =
    (environment.clientId ?? clientId) === clientId ? environment.clientSecret : undefined
  const clientSecret =
    given.clientSecret ?? environmentSecret ?? (await ask(context, 'Client Secret', askForClientSecret))
  return { type: 'confidential', clientId, clientSecret }
}

async function ask<T>(
  context: CommandContext,
  name: string,
  question: (context: CommandContext) => Promise<T>,
): Promise<T> {
  if (context.terminal.interactive) return question(context)
  throw new Failure(
    'usage',
    'credentials_missing',
    `The ${name} is missing, and there is no terminal to ask for it at.`,
    {
      hint: 'Give --client-id with --secret-stdin (or --public), or set TWITCH_CLIENT_ID and TWITCH_CLIENT_SECRET',
    },
  )
}

async function store(context: CommandContext, application: Application, verify: boolean): Promise<Stored> {
  const session = await context.session()
  const configured = await session.configure(application, verify)
  if (configured.check.kind === 'unreachable') {
    context.narrator.warn(`the credentials could not be checked: ${configured.check.reason}`)
  }
  return { ...configured, file: session.describe() }
}

const voices: Voices<Stored> = {
  human: ({ forgotTokens }) => [
    ...(forgotTokens ? ['Forgot the tokens of the application that was stored before.'] : []),
    'Updated configuration.',
    '',
    'For user tokens through the browser, add this OAuth Redirect URL to the application',
    'at https://dev.twitch.tv/console/apps:',
    '',
    `  ${REDIRECT_URL}`,
    '',
    'Exactly so, with no / at the end, and first in the list if there are several.',
  ],
  json: ({ application, check, file, forgotTokens }) => ({
    client_id: application.clientId,
    client_type: application.type,
    verified: check.kind === 'passed',
    forgot_tokens: forgotTokens,
    redirect_uri: REDIRECT_URL,
    file,
  }),
  quiet: () => undefined,
}
