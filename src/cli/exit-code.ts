// From the kind of a failure to the number that the process ends with.

import type { Failure, FailureKind } from '../domain/failure.ts'

/** Everything went well. */
export const DONE = 0

/** A fault of this program. */
export const BUG = 1

const BY_KIND = {
  usage: 2,
  storage: 3,
  denied: 4,
  expired: 5,
  network: 6,
  protocol: 7,
  busy: 8,
  interrupted: 130,
} satisfies Record<FailureKind, number>

const BY_SIGNAL: Readonly<Record<string, number>> = { sigint: 130, sigterm: 143, sighup: 129 }

/** As a shell has it for a program that there is not, or that can't be run. */
const BY_CODE: Readonly<Record<string, number>> = { program_not_found: 127, program_not_run: 126 }

/** The exit code of a failure. */
export function exitCode({ kind, code }: Failure): number {
  if (kind === 'usage') return BY_CODE[code] ?? BY_KIND.usage
  return kind === 'interrupted' ? (BY_SIGNAL[code] ?? BY_KIND.interrupted) : BY_KIND[kind]
}
