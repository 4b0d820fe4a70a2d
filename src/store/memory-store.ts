// A store that forgets: for tests, and for programs that keep their tokens elsewhere.

import { type Profile, emptyProfile } from '../domain/profile.ts'
import type { ProfileStore } from './profile-store.ts'

/** Makes a {@link ProfileStore} that lives as long as the object. */
export function createMemoryStore(): ProfileStore {
  const profiles = new Map<string, Profile>()
  const turns = new Map<string, Promise<unknown>>()
  const read = (name: string): Profile => profiles.get(name) ?? emptyProfile
  return {
    read: async (name) => read(name),
    async update(name, change) {
      const turn = (turns.get(name) ?? Promise.resolve())
        .catch(() => undefined)
        .then(async () => {
          const next = await change(read(name))
          profiles.set(name, next)
          return next
        })
      turns.set(name, turn)
      return turn
    },
    describe: () => 'memory',
  }
}
