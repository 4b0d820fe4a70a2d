// Which mode a call of `twitch token` is in: exactly one, chosen before anything is read, sent or stored.

import { Failure } from '../../../domain/failure.ts'
import { type UserFlagValues, givenUserFlags } from './user-flags.ts'
import type { UserLoginPlan } from './user-login.ts'

/** What `twitch token` is to do. `token` is what was typed; `-` stands for standard input. */
export type TokenMode =
  | { readonly name: 'app' }
  | { readonly name: 'user'; readonly plan: UserLoginPlan }
  | { readonly name: 'validate' | 'revoke' | 'refresh'; readonly token: string }

/** The flags that decide. */
export interface ModeFlags extends UserFlagValues {
  readonly validate: string | undefined
  readonly revoke: string | undefined
  readonly refresh: string | undefined
  readonly 'secret-stdin': boolean
}

const SPELLINGS = {
  'user-token': '-u (--user-token)',
  validate: '-v (--validate)',
  revoke: '-r (--revoke)',
  refresh: '-R (--refresh)',
} as const

/**
 * Chooses the mode.
 *
 * @throws Failure `usage` when the flags ask for two modes, for one without its token, or for what goes with another
 */
export async function chooseMode(flags: ModeFlags): Promise<TokenMode> {
  const given = (Object.keys(SPELLINGS) as (keyof typeof SPELLINGS)[]).filter(
    (name) => flags[name] !== undefined && flags[name] !== false,
  )
  const [mode, second] = given
  if (mode !== undefined && second !== undefined) {
    throw conflict(`${SPELLINGS[mode]} and ${SPELLINGS[second]} do not go together: one thing at a time.`)
  }
  if (mode === 'user-token') {
    const { planUserLogin } = await import('./user-login.ts')
    return { name: 'user', plan: planUserLogin(flags) }
  }
  const stray = givenUserFlags(flags)
  if (stray.length > 0) {
    throw new Failure(
      'usage',
      'flags_conflict',
      `${stray.join(', ')} can only be used with ${SPELLINGS['user-token']}.`,
      {
        hint: 'For a user token, say -u as well',
      },
    )
  }
  return mode === undefined ? { name: 'app' } : tokenMode(mode, flags[mode] ?? '', flags['secret-stdin'])
}

function tokenMode(
  name: 'validate' | 'revoke' | 'refresh',
  token: string,
  secretFromInput: boolean,
): TokenMode {
  if (token.trim() === '') {
    throw new Failure(
      'usage',
      'flag_needs_value',
      `${SPELLINGS[name]} needs a token, and got an empty one.`,
      {
        hint: 'If it comes from a variable, see that the variable is set; - reads the token from standard input',
      },
    )
  }
  if (token === '-' && secretFromInput) {
    throw conflict(`${SPELLINGS[name]} - and --secret-stdin do not go together: both read standard input.`)
  }
  return { name, token }
}

function conflict(message: string): Failure {
  return new Failure('usage', 'flags_conflict', message)
}
