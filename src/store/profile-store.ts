// The contract of a store: where profiles rest between runs. `test/store/contract.ts` holds every implementation to it.

import type { Profile } from '../domain/profile.ts'

/**
 * Keeps profiles by name. A name is one that `parseProfileName` has passed.
 *
 * Every method throws a `Failure` of kind `storage` when what is kept can't be read or written; what was kept before
 * is then still there.
 */
export interface ProfileStore {
  /** What is kept under the name; an empty profile of Twitch's if nothing is. Needs no lock: a profile is replaced whole. */
  read(name: string): Promise<Profile>
  /**
   * Replaces a profile by what `change` makes of it, and returns that. Nobody else reads-and-changes the profile
   * until `change` has settled, in this process or another, so a refresh token can be spent inside it. If `change`
   * throws, nothing is written. When it is called, the store is known to be writable.
   *
   * @throws Failure `busy` when somebody else is changing the profile for too long
   */
  update(name: string, change: (stored: Profile) => Promise<Profile>): Promise<Profile>
  /** Where the profile is kept, in words for a person: a path, if there is one. */
  describe(name: string): string
}
