// Chance that can be had again: the same seed, the same throws.

/** Throws. */
export interface Dice {
  /** A whole number below the limit. */
  below(limit: number): number
  one<T>(of: readonly [T, ...T[]]): T
  /** True once in so many times. */
  oneIn(times: number): boolean
  bytes(length: number): Buffer
}

/** Makes {@link Dice}: mulberry32. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
  return {
    below,
    one: (of) => of[below(of.length)] ?? of[0],
    oneIn: (times) => below(times) === 0,
    bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
  }
}
