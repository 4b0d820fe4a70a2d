// A store that forgets: for tests, and for programs that keep their tokens elsewhere.

import { Failure } from '../domain/failure.ts'
import type { Clock } from '../domain/ports.ts'
import { type Profile, emptyProfile } from '../domain/profile.ts'
import { openIntent, recordAttempts } from './attempts.ts'
import { type Journal, emptyJournal, journalAfter } from './journal.ts'
import type { Attempts, ProfileStore } from './profile-store.ts'

/** Makes a {@link ProfileStore} that lives as long as the object. */
export function createMemoryStore(clock: Pick<Clock, 'now'>): ProfileStore {
  const profiles = new Map<string, Profile>()
  const journals = new Map<string, Journal>()
  const turns = new Map<string, Promise<unknown>>()
  const read = (name: string): Profile => profiles.get(name) ?? emptyProfile

  async function change(
    name: string,
    make: (stored: Profile, attempts: Attempts) => Promise<Profile>,
  ): Promise<Profile> {
    const stored = read(name)
    const keep = async (journal: Journal): Promise<void> => void journals.set(name, journal)
    const journal = journals.get(name) ?? emptyJournal
    const attempts = recordAttempts({ journal, stored, clock, reserve: async () => undefined, keep })
    try {
      const next = await make(stored, attempts)
      if (next === stored) return stored
      profiles.set(name, next)
      journals.set(name, journalAfter(attempts.journal, stored, next))
      return next
    } catch (error) {
      if (error instanceof Failure) await attempts.fail(error)
      throw error
    }
  }

  return {
    read: async (name) => read(name),
    async update(name, make) {
      const turn = (turns.get(name) ?? Promise.resolve())
        .catch(() => undefined)
        .then(async () => change(name, make))
      turns.set(name, turn)
      return turn
    },
    unfinishedRenewal: async (name) => openIntent(journals.get(name) ?? emptyJournal, read(name))?.at,
    async remove(name) {
      profiles.delete(name)
      journals.delete(name)
    },
    async *list() {
      yield* profiles.keys()
    },
    describe: () => 'memory',
  }
}
