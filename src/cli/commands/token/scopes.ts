// `twitch token scopes`: what can be asked for, what a token has, and what it lacks.

import { Failure } from '../../../domain/failure.ts'
import { compareScopes, describeScopes, findScopes, parseScopes } from '../../../domain/scopes.ts'
import { parseToken } from '../../../domain/token.ts'
import { loginCommand } from '../../../session/login-command.ts'
import { type Command, command } from '../../command.ts'
import type { CommandContext } from '../../context.ts'
import { readPiped } from '../../credential-input.ts'
import { DONE } from '../../exit-code.ts'
import { row } from '../../rows.ts'
import { type Said, type Voices, said } from '../../said.ts'
import { presetNames, scopePreset } from './scope-presets.ts'

/** A scope and what is said of it. */
interface Described {
  readonly name: string
  readonly description: string
}

/** Lists scopes. */
export const scopes: Command = command({
  description: [
    'With a query: the scopes that have all of its words in their name or description. With -q: the names alone, ready to be given to -s.',
    `Presets: ${presetNames.join(', ')}.`,
  ],
  examples: [
    { type: 'twitch token scopes', does: 'all of them' },
    { type: 'twitch token scopes moderator chat', does: 'those about moderators and chat' },
    { type: 'twitch token -u -s "$(twitch token scopes --preset bot-chat -q)"', does: 'logs a chat bot in' },
    { type: 'twitch token scopes --of -', does: 'what a token that you paste has' },
    {
      type: 'twitch token scopes --missing "chat:read chat:edit"',
      does: 'what the stored user token lacks; exit code 4 if anything',
    },
  ],
  flags: {
    preset: { value: 'NAME', summary: 'A small set for one purpose, with reasons', complete: presetNames },
    of: {
      value: 'TOKEN',
      secret: true,
      summary: 'What this access token has (- reads it from standard input)',
    },
    missing: {
      value: 'SCOPES',
      repeat: true,
      summary: 'Which of these the token lacks: the one of --of, else the stored user token',
      complete: 'scopes',
    },
  },
  arguments: [{ name: 'QUERY', summary: 'Words to look for', rest: true }],
  async run(context, { preset, of, missing }, words) {
    const asked = [
      preset !== undefined && '--preset',
      (of !== undefined || missing.length > 0) && '--of or --missing',
      words.length > 0 && 'a query',
    ].filter((each) => each !== false)
    if (asked.length > 1)
      throw new Failure('usage', 'flags_conflict', `${asked.join(' and ')} do not go together.`)
    if (missing.length > 0) return missingScopes(context, of, parseScopes(missing, true))
    const voices = listVoices(context.terminal.columns)
    if (of !== undefined) return said(describeScopes(await scopesOf(context, of)), voices)
    if (preset !== undefined) return said(scopePreset(preset), voices)
    return said(findScopes(words), voices)
  },
})

async function scopesOf(context: CommandContext, typed: string): Promise<readonly string[]> {
  const token = parseToken(typed === '-' ? await readPiped(context, 'Token') : typed)
  return (await (await context.session()).validate(token)).scopes
}

interface Comparison {
  readonly required: readonly string[]
  readonly granted: readonly string[]
  readonly missing: readonly string[]
}

async function missingScopes(
  context: CommandContext,
  of: string | undefined,
  required: readonly string[],
): Promise<Said> {
  const { user, application } = of === undefined ? await (await context.session()).status() : {}
  const granted = of === undefined ? (user?.scopes ?? []) : await scopesOf(context, of)
  const { missing } = compareScopes(required, granted)
  return said({ required, granted, missing }, missingVoices, async () => {
    if (missing.length === 0) return DONE
    const type = application?.application.type
    const login = loginCommand({
      profile: context.profile,
      type,
      scopes: [...new Set([...granted, ...required])],
    })
    throw new Failure('denied', 'scope_missing', `The token does not have ${missing.join(' ')}.`, {
      hint: `Log in with them: ${login}`,
    })
  })
}

const missingVoices: Voices<Comparison> = {
  human: ({ missing }) => (missing.length === 0 ? ['Nothing is missing.'] : missing),
  json: ({ required, granted, missing }) => ({ required, scope: granted, missing }),
  quiet: ({ missing }) => (missing.length === 0 ? undefined : missing.join(' ')),
}

function listVoices(columns: number): Voices<readonly Described[]> {
  return {
    human: (found) => {
      const left = Math.min(Math.max(0, ...found.map(({ name }) => name.length)) + 2, Math.floor(columns / 2))
      return found.flatMap(({ name, description }) => row(name, description, { left, columns }))
    },
    json: (found) => found.map(({ name, description }) => ({ scope: name, description })),
    quiet: (found) => (found.length === 0 ? undefined : found.map(({ name }) => name).join(' ')),
  }
}
