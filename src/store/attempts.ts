// Attempts to renew, as the journal has them: announced, failed, or cut off by a kill.

import type { Failure } from '../domain/failure.ts'
import type { Clock } from '../domain/ports.ts'
import type { Profile } from '../domain/profile.ts'
import type { Intent, Journal } from './journal.ts'
import type { Attempts, FailedAttempt, Renewal } from './profile-store.ts'

/** Where attempts are written down. */
export interface AttemptsOptions {
  readonly journal: Journal
  /** The profile whose tokens are renewed. */
  readonly stored: Profile
  readonly clock: Pick<Clock, 'now'>
  /** Proves that what comes can be stored. */
  readonly reserve: () => Promise<void>
  /** Keeps the journal, for good. */
  readonly keep: (journal: Journal) => Promise<void>
}

/** {@link Attempts} that are written down in a journal. */
export interface RecordedAttempts extends Attempts {
  /** The journal as it is now. */
  readonly journal: Journal
  /** Writes down that what was announced has failed. */
  fail(failure: Failure): Promise<void>
}

/** Begins to write down. */
export function recordAttempts({
  journal: before,
  stored,
  clock,
  reserve,
  keep,
}: AttemptsOptions): RecordedAttempts {
  const refreshToken = stored.user?.refreshToken?.fingerprint()
  let journal = before
  let announced: Renewal | undefined
  const put = async (next: Journal): Promise<void> => {
    journal = next
    await keep(next)
  }
  return {
    get journal() {
      return journal
    },
    sentAt: openIntent(before, stored)?.at,
    lastFailure: (renewal) => failureOf(journal, renewal, refreshToken),
    reserve,
    async announce(renewal) {
      await reserve()
      announced = renewal
      if (renewal === 'user' && refreshToken !== undefined) {
        await put({
          ...journal,
          clientId: stored.application?.clientId,
          intent: { refreshToken, at: clock.now() },
        })
      }
    },
    async fail(failure) {
      if (announced === undefined) return
      const sent = announced === 'user' ? refreshToken : undefined
      const intent = mayBeSpent(failure) ? journal.intent : undefined
      await put({
        ...journal,
        intent,
        failure: { renewal: announced, refreshToken: sent, at: clock.now(), failure },
      })
    },
  }
}

/** The announcement that nothing came of, if it is of the refresh token that is still there. */
export function openIntent({ intent }: Journal, { user }: Profile): Intent | undefined {
  return intent?.refreshToken === user?.refreshToken?.fingerprint() ? intent : undefined
}

function failureOf(
  { failure: recorded }: Journal,
  renewal: Renewal,
  refreshToken: string | undefined,
): FailedAttempt | undefined {
  if (recorded?.renewal !== renewal) return undefined
  return renewal === 'app' || recorded.refreshToken === refreshToken ? recorded : undefined
}

/** If the server said no, nothing is under way; if no answer came that is understood, the refresh token may be spent. */
function mayBeSpent({ kind }: Failure): boolean {
  return kind === 'network' || kind === 'protocol'
}
