// `twitch token status`: what is stored, for whom, until when, and where each part came from.

import { Failure } from '../../../domain/failure.ts'
import type { ProfileStatus } from '../../../session/status.ts'
import { type Command, command } from '../../command.ts'
import type { CommandContext } from '../../context.ts'
import { DONE } from '../../exit-code.ts'
import { streamed } from '../../said.ts'
import { said } from '../../said.ts'
import { statusVoices } from '../../status-voices.ts'

/** Shows it. */
export const status: Command = command({
  description: ['Secrets are masked. Without --check nothing is sent.'],
  examples: [
    { type: 'twitch token status', does: 'the profile in use' },
    { type: 'twitch token status --all', does: 'every profile' },
    { type: 'twitch token status --check -q', does: 'says nothing; exit code 4 if a token is dead' },
  ],
  flags: {
    all: { summary: 'Show every profile' },
    check: { summary: 'Ask Twitch whether each token is valid' },
  },
  async run(context, { all, check }) {
    const voices = statusVoices(context.terminal.columns)
    if (all && (context.globals.profile ?? '') !== '') {
      throw new Failure('usage', 'flags_conflict', '--all and --profile do not go together.')
    }
    if (!all) {
      const found = await (await context.session()).status(check)
      return said(found, voices, async () => verdict([problemOf(found)]))
    }
    const problems: (Failure | undefined)[] = []
    return streamed(everyProfile(context, check, problems), voices, async () => verdict(problems))
  },
})

/** A profile that can't be read is told of, and does not keep the others from being shown. */
async function* everyProfile(
  context: CommandContext,
  check: boolean,
  problems: (Failure | undefined)[],
): AsyncGenerator<ProfileStatus> {
  for await (const name of context.store.list()) {
    try {
      const found = await context.sessionOf(name).status(check)
      const problem = problemOf(found)
      if (problem !== undefined) problems.push(problem)
      yield found
    } catch (error) {
      if (!(error instanceof Failure) || error.kind === 'interrupted') throw error
      problems.push(error)
      context.narrator.warn(`${name}: ${error.message}`)
    }
  }
}

/** What a check has found wrong: a dead token before one that could not be asked about. */
function problemOf({ profile, user, app }: ProfileStatus): Failure | undefined {
  const verdicts = [user, app].flatMap((token) => (token === undefined ? [] : [token]))
  const dead = verdicts.find((token) => token.verdict.kind === 'dead')
  if (dead !== undefined) {
    return new Failure(
      'denied',
      'invalid_access_token',
      `The ${dead.kind} token of ${profile} is not valid any more.`,
      {
        hint: dead.renewable
          ? `The next twitch token print --${dead.kind} renews it`
          : 'Log in again: twitch token -u',
      },
    )
  }
  const [unknown] = verdicts.flatMap(({ verdict: { kind, ...rest } }) =>
    kind === 'unknown' && 'failure' in rest ? [rest.failure] : [],
  )
  return unknown
}

/** @throws Failure the first that matters most: a token that is dead */
async function verdict(problems: readonly (Failure | undefined)[]): Promise<number> {
  const found = problems.flatMap((problem) => problem ?? [])
  const worst = found.find(({ kind }) => kind === 'denied') ?? found[0]
  if (worst !== undefined) throw worst
  return DONE
}
