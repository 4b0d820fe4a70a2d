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
import { configureFirst } from '../configure.ts'
import { type ModeFlags, chooseMode } from './mode.ts'
import { userFlags } from './user-flags.ts'
import { loginUser } from './user-login.ts'

const modes = 'Instead of an app token'

/** Gets a token, or does something with one. */
export const token: Command = command({
  description: [
    'Without a flag: an app token, for what needs no user’s permission. It is stored, and printed.',
  ],
  examples: [
    { type: 'twitch token', does: 'an app token' },
    { type: 'twitch token -q', does: 'the app token alone, for a script' },
    {
      type: 'twitch token -u -s "chat:read chat:edit"',
      does: 'a user token with these scopes, through the browser',
    },
    {
      type: 'twitch token -u --dcf -s chat:read',
      does: 'the same by device code: no redirect, no secret, any machine',
    },
    { type: 'twitch token -v TOKEN', does: 'whose token it is, its scopes, and how long it lasts' },
    {
      type: 'pbpaste | twitch token -r -',
      does: 'revokes a token that never stands in the history of the shell',
    },
    { type: 'twitch token -R REFRESHTOKEN', does: 'a new user token from a refresh token' },
    { type: 'twitch token --mock', does: 'all of it on a local identity server: no account, no network' },
  ],
  flags: {
    ...userFlags,
    validate: {
      short: 'v',
      value: 'TOKEN',
      secret: true,
      summary: 'Validate this access token (- reads it from standard input)',
      group: modes,
    },
    revoke: {
      short: 'r',
      value: 'TOKEN',
      secret: true,
      summary: 'Revoke this access token (- reads it)',
      group: modes,
    },
    refresh: {
      short: 'R',
      value: 'TOKEN',
      secret: true,
      summary: 'Refresh with this refresh token (- reads it)',
      group: modes,
    },
    ...credentialFlags,
  },
  run: runToken,
})

async function runToken(context: CommandContext, flags: ModeFlags & CredentialFlagValues): Promise<Said> {
  const mode = chooseMode(flags)
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
  if ((await session.application()) === undefined && context.terminal.interactive)
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
