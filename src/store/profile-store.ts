// The contract of a store: where profiles rest between runs. `test/store/contract.ts` holds every implementation to it.

import type { Failure } from '../domain/failure.ts'
import type { Profile } from '../domain/profile.ts'

/** What is obtained anew: a user token by spending the refresh token, or an app token. */
export type Renewal = 'user' | 'app'

/** An attempt that failed. */
export interface FailedAttempt {
  readonly at: Date
  readonly failure: Failure
}

/** What is known of attempts to renew the profile's tokens, and what has to be said of one, while the profile is being changed. */
export interface Attempts {
  /** When the refresh token was sent by a run that stored nothing afterwards: it was killed, or got no answer. */
  readonly sentAt: Date | undefined
  /** How the last attempt failed, if it was at what is still stored. */
  lastFailure(renewal: Renewal): FailedAttempt | undefined
  /**
   * To be called before something is obtained that would be lost if it could not be stored.
   *
   * @throws Failure `storage` when it could not
   */
  reserve(): Promise<void>
  /**
   * Reserves, and says that the request is about to be sent. For a user token: when it resolves, a run that dies from
   * now on can be explained to the next. If the change throws a `Failure`, those who wait learn of it.
   */
  announce(renewal: Renewal): Promise<void>
}

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
   * throws, or returns what it was given, nothing is written.
   *
   * @throws Failure `busy` when somebody else is changing the profile for too long
   */
  update(name: string, change: (stored: Profile, attempts: Attempts) => Promise<Profile>): Promise<Profile>
  /** When the profile's refresh token was sent by a run that has stored nothing afterwards, or not yet. */
  unfinishedRenewal(name: string): Promise<Date | undefined>
  /** Takes a profile away, with all that is known of it. */
  remove(name: string): Promise<void>
  /** The names of the profiles that are kept, in no order, as they are found. */
  list(): AsyncIterable<string>
  /** Where the profile is kept, in words for a person: a path, if there is one. */
  describe(name: string): string
}
