// The clock of the machine.

import type { Clock } from '../domain/ports.ts'

/** The real clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  // `performance` would load a part of Node for it.
  monotonic: () => Number(process.hrtime.bigint()) / 1e6,
  sleep: async (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted()
      const stop = (): void => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop)
        resolve()
      }, milliseconds)
      signal?.addEventListener('abort', stop, { once: true })
    }),
}
