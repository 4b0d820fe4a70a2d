// A deadline for an answer. A process that was stopped, or slept, looks at what came meanwhile before it gives up.

/** A timer that comes so late does not come late for want of a processor: the process was stopped, or the machine slept. */
const ASLEEP = 1_000

/** Gives up after so many milliseconds awake. @returns what calls that off */
export function startDeadline(limit: number, giveUp: () => void): () => void {
  let turn: NodeJS.Immediate | undefined
  const arm = (): NodeJS.Timeout => {
    const due = performance.now() + limit
    return setTimeout(() => {
      if (performance.now() - due > ASLEEP) timer = arm()
      // Timers that are due go before sockets; the answer to a refresh may be in one, and there will be no other.
      else turn = setImmediate(giveUp)
    }, limit)
  }
  let timer = arm()
  return () => {
    clearTimeout(timer)
    clearImmediate(turn)
  }
}
