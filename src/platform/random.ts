// Randomness from the operating system.

import type { Random } from '../domain/ports.ts'

/** The real source of randomness. */
export const systemRandom: Random = {
  bytes: (count) => globalThis.crypto.getRandomValues(new Uint8Array(count)),
}
