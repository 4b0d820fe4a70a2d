// What to type to log in again, with what there was.

import { profileFlags } from '../domain/profile.ts'

/** What a login is for. */
export interface LoginNeed {
  readonly profile: string
  /** Of the application, as far as it is known. */
  readonly type: 'public' | 'confidential' | undefined
  readonly scopes: readonly string[]
}

/** The command that logs a user in. */
export function loginCommand({ profile, type, scopes }: LoginNeed): string {
  return [
    'twitch token -u',
    ...(type === 'public' ? ['--dcf'] : []),
    ...(scopes.length === 0 ? [] : [`-s "${scopes.toSorted().join(' ')}"`]),
    ...profileFlags(profile),
  ].join(' ')
}
