// `twitch token logout`: revoked at Twitch, then forgotten here.

import { Failure } from '../../../domain/failure.ts'
import type { LoggedOut, LoggedOutToken, LogoutRequest } from '../../../session/logout.ts'
import { type Command, command } from '../../command.ts'
import type { CommandContext } from '../../context.ts'
import { DONE } from '../../exit-code.ts'
import { type Said, type Voices, said, streamed } from '../../said.ts'

/** Logs out. */
export const logout: Command = command({
  description: [
    'If Twitch can not be reached, nothing is forgotten; --local forgets without asking. Logging out twice does no harm.',
  ],
  examples: [
    { type: 'twitch token logout', does: 'both tokens of the profile' },
    { type: 'twitch token logout --user --profile bot', does: 'the user token of one profile' },
    { type: 'twitch token logout --forget --profile old', does: 'the profile too, application and all' },
    { type: 'twitch token logout --all', does: 'every profile' },
  ],
  flags: {
    app: { summary: 'Log out the app token alone' },
    user: { summary: 'Log out the user token alone' },
    all: { summary: 'Log out every profile' },
    local: { summary: 'Forget without asking Twitch' },
    forget: { summary: 'Delete the profile too, with its application' },
  },
  async run(context, { app, user, all, local, forget }) {
    if (app && user)
      throw conflict('--app and --user do not go together: without either, both are logged out.')
    if (forget && (app || user))
      throw conflict('--forget takes the whole profile, so it does not go with --app or --user.')
    if (all && (context.globals.profile ?? '') !== '')
      throw conflict('--all and --profile do not go together.')
    const request: LogoutRequest = { kind: app ? 'app' : user ? 'user' : undefined, local, forget }
    if (all) return logoutAll(context, request)
    return said(await (await context.session()).logout(request), voices)
  },
})

/** One profile that can't be logged out keeps no other from it; its failure is the program's, in the end. */
function logoutAll(context: CommandContext, request: LogoutRequest): Said {
  const failures: Failure[] = []
  async function* each(): AsyncGenerator<LoggedOut> {
    for await (const name of context.store.list()) {
      try {
        yield await context.sessionOf(name).logout(request)
      } catch (error) {
        if (!(error instanceof Failure) || error.kind === 'interrupted') throw error
        failures.push(error)
        context.narrator.warn(`${name}: ${error.message}`)
      }
    }
  }
  return streamed(each(), voices, async () => {
    const [first] = failures
    if (first !== undefined) throw first
    return DONE
  })
}

function conflict(message: string): Failure {
  return new Failure('usage', 'flags_conflict', message)
}

const OUTCOMES: Readonly<Record<LoggedOutToken['outcome'], string>> = {
  revoked: 'revoked, and forgotten',
  unknown: 'not valid any more, and is forgotten',
  untold: 'forgotten here, and not revoked',
}

const voices: Voices<LoggedOut> = {
  human: ({ profile, tokens, forgotProfile }) => [
    ...(tokens.length === 0 ? [`${profile}: no token was stored.`] : []),
    ...tokens.map(({ kind, outcome }) => `${profile}: the ${kind} token was ${OUTCOMES[outcome]}.`),
    ...(forgotProfile ? [`${profile}: the profile was deleted.`] : []),
  ],
  json: ({ profile, tokens, forgotProfile }) => ({
    profile,
    tokens: tokens.map(({ kind, outcome }) => ({ kind, revoked: outcome === 'revoked', outcome })),
    forgot_profile: forgotProfile,
  }),
  quiet: () => undefined,
}
