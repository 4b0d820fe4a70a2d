// A profile whose every member says how many changes it has seen, so that a mixture of two would show.

import { type Profile, emptyProfile } from '../../src/domain/profile.ts'
import { Secret } from '../../src/domain/secret.ts'

/** The profile after so many changes. Its length changes too; the ends of its tokens differ, as those of real ones do. */
export function profileOf(generation: number): Profile {
  const token = (kind: string): Secret =>
    new Secret(`${kind}-${'x'.repeat((generation * 997) % 4093)}-${String(generation).padStart(12, '0')}`)
  const expiresAt = new Date(generation * 1000)
  return {
    ...emptyProfile,
    application: { type: 'public', clientId: 'writer' },
    user: {
      access: { accessToken: token('access'), expiresAt, obtainedAt: undefined },
      refreshToken: token('refresh'),
      scopes: [`scope:${generation}`],
      user: { id: `${generation}`, login: `user${generation}` },
    },
  }
}

/** How many changes a profile has seen. */
export function generationOf({ user }: Profile): number {
  return Number(user?.user?.id ?? 0)
}
