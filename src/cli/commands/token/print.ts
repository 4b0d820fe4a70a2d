// `twitch token print`: a working access token on standard output, and nothing else.

import { Failure } from '../../../domain/failure.ts'
import { printable } from '../../../domain/printable.ts'
import type { EnsureRequest, WorkingToken } from '../../../session/ensure.ts'
import { type Command, type FlagValues, command } from '../../command.ts'
import type { CommandContext } from '../../context.ts'
import { parseDuration } from '../../numbers.ts'
import { said } from '../../said.ts'
import { type PrintFormat, printFormats, printVoices } from '../../print-voices.ts'

/** The flags by which a working token is asked for, here and by `exec`. */
export const workingTokenFlags = {
  app: { summary: 'Take the app token', group: 'Which token' },
  user: { summary: 'Take the user token (the default, if there is one)', group: 'Which token' },
  'min-valid': {
    value: 'TIME',
    summary: 'Renew it unless it lasts this long: 90s, 10m, 1h',
    group: 'Which token',
  },
  'require-scope': {
    value: 'SCOPES',
    repeat: true,
    summary: 'Fail unless it has these scopes',
    group: 'Which token',
    complete: 'scopes',
  },
  validate: { summary: 'Ask Twitch first whether it is valid', group: 'Which token' },
} as const

/** Prints the token. */
export const print: Command = command({
  description: [
    'A token that lasts long enough comes from disk, without network. Otherwise it is renewed: a user token with its refresh token, an app token by a new one. However many programs ask at the same time, it is renewed once.',
  ],
  examples: [
    { type: 'twitch token print', does: 'the user token if there is one, else an app token' },
    {
      type: 'curl -H "$(twitch token print --format header)" -H "Client-Id: ID" https://api.twitch.tv/helix/users',
      does: 'a request with it, to https://dev.twitch.tv/docs/api',
    },
    { type: 'twitch token print --format oauth', does: 'oauth:…, as chat wants it' },
    { type: 'twitch token print --min-valid 1h', does: 'a token for a job that takes an hour' },
    { type: 'twitch token print --format env > .env', does: 'the same lines that token exec sets' },
  ],
  flags: {
    ...workingTokenFlags,
    format: {
      value: 'FORMAT',
      summary: `One of ${printFormats.join(', ')} (default token)`,
      complete: printFormats,
    },
  },
  async run(context, flags) {
    const format = chosenFormat(flags.format, context.globals.json)
    const request = await workingTokenRequest(flags)
    if (context.terminal.discarded) {
      throw new Failure(
        'storage',
        'output_closed',
        'Standard output is closed, so the token would be lost.',
        {
          hint: 'Give it somewhere to go; to throw it away: > /dev/null',
        },
      )
    }
    return said(await workingToken(context, request), printVoices(format))
  },
})

/**
 * Reads those flags.
 *
 * @throws Failure `usage`
 */
export async function workingTokenRequest(
  flags: FlagValues<typeof workingTokenFlags>,
): Promise<EnsureRequest> {
  if (flags.app && flags.user)
    throw new Failure('usage', 'flags_conflict', '--app and --user do not go together.')
  return {
    kind: flags.app ? 'app' : flags.user ? 'user' : undefined,
    minValid: flags['min-valid'] === undefined ? 0 : parseDuration('--min-valid', flags['min-valid']),
    scopes: await requiredScopes(flags['require-scope']),
    validate: flags.validate,
  }
}

async function requiredScopes(texts: readonly string[]): Promise<readonly string[]> {
  if (texts.length === 0) return []
  const { parseScopes } = await import('../../../domain/scopes.ts')
  // A scope that is not in our list may be a new one, and this is where nothing is sent.
  return parseScopes(texts, true)
}

/** Finds the token, and tells if it should have been renewed and was not. */
export async function workingToken(context: CommandContext, request: EnsureRequest): Promise<WorkingToken> {
  const token = await (await context.session()).accessToken(request)
  if (token.notice !== undefined)
    context.narrator.warn(`the token still works, but was not renewed: ${token.notice}`)
  return token
}

function chosenFormat(text: string | undefined, json: boolean): PrintFormat {
  const format = printFormats.find((name) => name === (text ?? 'token'))
  if (format === undefined) {
    throw new Failure('usage', 'format_unknown', `There is no format "${printable(text ?? '')}".`, {
      hint: `There are ${printFormats.join(', ')}`,
    })
  }
  if (json && text !== undefined && format !== 'json') {
    throw new Failure('usage', 'flags_conflict', `--json and --format ${format} do not go together.`)
  }
  return format
}
