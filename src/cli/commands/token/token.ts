// `twitch token`: the command of the official CLI, with every mode of it.

import type { Secret } from '../../../domain/secret.ts'
import { parseToken } from '../../../domain/token.ts'
import type { Revoked } from '../../../session/revoke.ts'
import type { Session } from '../../../session/session.ts'
import { type Command, command } from '../../command.ts'
import { type Said, type Voices, said } from '../../said.ts'
import type { CommandContext } from '../../context.ts'
import {
  type CredentialFlagValues,
  credentialFlags,
  readCredentialFlags,
  readPiped,
} from '../../credential-input.ts'
import { stamp } from '../../moments.ts'
import { issuedVoices, validatedVoices } from '../../token-voices.ts'
import { type ModeFlags, chooseMode } from './mode.ts'
import { userFlags } from './user-flags.ts'

const modes = 'Instead of an app token'

/** Gets a token, or does something with one. */
export const token: Command = command({
  description: [
    'Without a flag: an app token, for what needs no user’s permission. With -u: a user token, for which a person logs in. Either is printed and stored. In the place of any TOKEN, - reads it from standard input, or asks for it at a terminal.',
  ],
  examples: [
    { type: 'twitch token', does: 'an app token' },
    { type: 'twitch token -q', does: 'the app token alone, for a script' },
    {
      type: 'twitch token -u -s "chat:read chat:edit"',
      does: 'a user token, through the browser',
    },
    {
      type: 'twitch token -u --dcf -s chat:read',
      does: 'a user token, by a code that is typed in on any device',
    },
    { type: 'twitch token -v TOKEN', does: 'whose token it is, its scopes, its end' },
    {
      type: 'twitch token -r -',
      does: 'revokes a token that you paste, which the shell’s history never sees',
    },
    { type: 'twitch token -R REFRESHTOKEN', does: 'a new user token from a refresh token' },
    { type: 'twitch token --mock', does: 'all of this on a local identity server, with no account' },
  ],
  flags: {
    ...userFlags,
    validate: {
      short: 'v',
      value: 'TOKEN',
      secret: true,
      summary: 'Validate this access token',
      group: modes,
    },
    revoke: {
      short: 'r',
      value: 'TOKEN',
      secret: true,
      summary: 'Revoke this access token',
      group: modes,
    },
    refresh: {
      short: 'R',
      value: 'TOKEN',
      secret: true,
      summary: 'Refresh with this refresh token',
      group: modes,
    },
    ...credentialFlags,
  },
  run: runToken,
})

async function runToken(context: CommandContext, flags: ModeFlags & CredentialFlagValues): Promise<Said> {
  const mode = await chooseMode(flags)
  const credentials = await readCredentialFlags(context, flags)
  const session = await context.session({ flags: credentials, reachable: mode.name === 'user' })
  switch (mode.name) {
    case 'app': {
      await needApplication(context, session)
      const issued = await session.loginApp()
      context.narrator.stamped('Successfully generated App Access Token.')
      return said(issued, issuedVoices('App Access Token'))
    }
    case 'user': {
      await needApplication(context, session)
      const { loginUser } = await import('./user-login.ts')
      const { token: issued } = await loginUser(context, session, mode.plan)
      return said(issued, issuedVoices('User Access Token'))
    }
    case 'validate':
      return said(await session.validate(await tokenOf(context, mode.token)), validatedVoices)
    case 'revoke': {
      const given = await tokenOf(context, mode.token)
      await needApplication(context, session)
      return said(await session.revoke(given), revokedVoices)
    }
    case 'refresh': {
      const given = await tokenOf(context, mode.token)
      await needApplication(context, session)
      const issued = await session.refresh(given)
      context.narrator.stamped('Successfully refreshed Access Token.')
      return said(issued, issuedVoices('Access Token'))
    }
  }
  return mode satisfies never
}

/** Without an application at all, a person is asked for it; without a person, the session says what is missing. */
async function needApplication(context: CommandContext, session: Session): Promise<void> {
  if ((await session.application()) !== undefined || !context.terminal.interactive) return
  const { configureFirst } = await import('../configure.ts')
  await configureFirst(context)
}

async function tokenOf(context: CommandContext, typed: string): Promise<Secret> {
  return parseToken(typed === '-' ? await readPiped(context, 'Token') : typed)
}

const revokedVoices: Voices<Revoked> = {
  human: ({ kind, message, forgotten, token: revoked }, now) => [
    kind === 'revoked'
      ? `${stamp(now)} Token ${revoked.masked()} has been successfully revoked`
      : `${stamp(now)} Token ${revoked.masked()} is not known (any more): ${message}. It has expired, was revoked before, or belongs to another application.`,
    ...(forgotten ? [`${stamp(now)} It was stored here, and has been forgotten.`] : []),
  ],
  json: ({ kind, message, forgotten, clientId }) => ({
    revoked: kind === 'revoked',
    message: message ?? null,
    forgotten,
    client_id: clientId,
  }),
  quiet: () => undefined,
}
