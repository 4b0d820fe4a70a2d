// The one error class: what went wrong, said so that the right exit code and the right next step follow from it.

/**
 * What sort of failure it is. Closed: each kind has its exit code, and a new one does not compile until it is given one.
 *
 * - `usage`: asked for something impossible
 * - `storage`: could not keep, or find, what is kept on disk
 * - `denied`: a person or the identity server said no, or a token is not valid
 * - `expired`: time ran out, or nothing is left to renew with
 * - `network`: no answer
 * - `protocol`: an answer that is not understood
 * - `busy`: a port is taken, a lock is held
 * - `interrupted`: a signal ended it; the code is the signal's name in lower case
 */
export type FailureKind =
  | 'usage'
  | 'storage'
  | 'denied'
  | 'expired'
  | 'network'
  | 'protocol'
  | 'busy'
  | 'interrupted'

/** What a {@link Failure} carries beside its message. */
export interface FailureDetails {
  /** What to type next, where the thrower knows better than the table of the command line does. */
  readonly hint?: string
  /** What was seen; shown with `--verbose` only. */
  readonly cause?: unknown
}

/**
 * Every expected failure. The message is one line, in the past tense, without a secret; `code` is a stable word for
 * programs. Anything thrown that is not a `Failure` is a fault of this package.
 */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly kind: FailureKind
  readonly code: string
  readonly hint: string | undefined

  constructor(kind: FailureKind, code: string, message: string, details: FailureDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.kind = kind
    this.code = code
    this.hint = details.hint
  }
}
