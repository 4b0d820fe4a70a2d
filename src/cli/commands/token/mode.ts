// Which mode a call of `twitch token` is in: exactly one, chosen before anything is read, sent or stored.

import { Failure } from '../../../domain/failure.ts'

/** What `twitch token` is to do. `token` is what was typed; `-` stands for standard input. */
export type TokenMode =
  | { readonly name: 'app' }
  | { readonly name: 'validate' | 'revoke' | 'refresh'; readonly token: string }

/** The flags that decide. */
export interface ModeFlags {
  readonly validate: string | undefined
  readonly revoke: string | undefined
  readonly refresh: string | undefined
  readonly 'secret-stdin': boolean
}

const SPELLINGS = { validate: '-v (--validate)', revoke: '-r (--revoke)', refresh: '-R (--refresh)' } as const

/**
 * Chooses the mode.
 *
 * @throws Failure `usage` when the flags ask for two modes, or for one without its token
 */
export function chooseMode(flags: ModeFlags): TokenMode {
  const given = (['validate', 'revoke', 'refresh'] as const).flatMap((name) => {
    const token = flags[name]
    return token === undefined ? [] : [{ name, token }]
  })
  const [mode, second] = given
  if (mode === undefined) return { name: 'app' }
  if (second !== undefined) {
    throw conflict(
      `${SPELLINGS[mode.name]} and ${SPELLINGS[second.name]} do not go together: one thing at a time.`,
    )
  }
  if (mode.token.trim() === '') {
    throw new Failure(
      'usage',
      'flag_needs_value',
      `${SPELLINGS[mode.name]} needs a token, and got an empty one.`,
      {
        hint: 'If it comes from a variable, see that the variable is set; - reads the token from standard input',
      },
    )
  }
  if (mode.token === '-' && flags['secret-stdin']) {
    throw conflict(
      `${SPELLINGS[mode.name]} - and --secret-stdin do not go together: both read standard input.`,
    )
  }
  return mode
}

function conflict(message: string): Failure {
  return new Failure('usage', 'flags_conflict', message)
}
