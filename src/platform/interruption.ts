// Signals that end the program, as an abort signal whose reason is a failure.

import { Failure } from '../domain/failure.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Begins to watch. The first signal aborts; from then on signals do what they do by default, so that a second one ends
 * the process at once.
 */
export function watchInterruption(): AbortSignal {
  const controller = new AbortController()
  const stop = (name: NodeJS.Signals): void => {
    for (const signal of SIGNALS) process.removeListener(signal, stop)
    controller.abort(new Failure('interrupted', name.toLowerCase(), `Interrupted (${name}).`))
  }
  for (const signal of SIGNALS) process.on(signal, stop)
  return controller.signal
}
