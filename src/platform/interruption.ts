// Signals that end the program, as an abort signal whose reason is a failure.

import fs from 'node:fs'
import { Failure } from '../domain/failure.ts'
import type { Shield } from '../domain/ports.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** The exit code of a signal. https://tldp.org/LDP/abs/html/exitcodes.html */
const NUMBERS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const

/** A second signal this soon, in milliseconds, is meant. */
const INSISTENCE = 2_000

/** Watches signals for one program. */
export class Interruption {
  #lazyController: AbortController | undefined
  #watching = false
  #raised = 0
  /** The signal that came while a shield was raised, and when. */
  #heldOff: { readonly name: NodeJS.Signals; readonly at: number } | undefined

  /** Aborted by the first signal; from then on signals do what they do by default, so that a second one ends the process at once. */
  get signal(): AbortSignal {
    this.#watch()
    return this.#controller.signal
  }

  /** Made when somebody asks: most runs are over before, and have no use for it. */
  get #controller(): AbortController {
    return (this.#lazyController ??= new AbortController())
  }

  /** @see {@link import('../domain/ports.ts').World.shield} */
  shield(): Shield {
    let raised = false
    return {
      raise: () => {
        if (raised) return
        raised = true
        this.#watch()
        this.#raised++
      },
      lower: () => {
        if (!raised) return
        raised = false
        this.#raised--
        if (this.#raised > 0 || this.#heldOff === undefined) return
        this.#abort(this.#heldOff.name)
        throw this.#controller.signal.reason
      },
    }
  }

  #watch(): void {
    if (this.#watching) return
    this.#watching = true
    for (const name of SIGNALS) process.on(name, this.#hear)
  }

  readonly #hear = (name: NodeJS.Signals): void => {
    if (this.#raised === 0) return this.#abort(name)
    const now = performance.now()
    if (this.#heldOff !== undefined && now - this.#heldOff.at < INSISTENCE) {
      fs.writeSync(
        2,
        'error: Ended in the middle of a refresh: the refresh token may be spent.\nhint: If the next run fails, log in again: twitch token -u\n',
      )
      process.exit(128 + NUMBERS[name as keyof typeof NUMBERS])
    }
    this.#heldOff = { name, at: now }
    return undefined
  }

  #abort(name: NodeJS.Signals): void {
    for (const signal of SIGNALS) process.removeListener(signal, this.#hear)
    this.#controller.abort(new Failure('interrupted', name.toLowerCase(), `Interrupted (${name}).`))
  }
}
