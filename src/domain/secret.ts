// A string that refuses to be printed: access tokens, refresh tokens, client secrets, device codes.

/**
 * Holds a credential. Printed, logged, serialised or inspected it shows `[secret]`; {@link Secret.reveal} is the only
 * way out, and the modules that may call it are listed in a test.
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  /** The value itself. */
  reveal(): string {
    return this.#value
  }

  /** The last four characters behind an ellipsis, enough to tell two tokens apart; nothing at all of a short value. */
  masked(): string {
    return this.#value.length < 12 ? '…' : `…${this.#value.slice(-4)}`
  }

  /** The last eight characters: enough to know a dead token again by, and too few to use. */
  fingerprint(): string {
    return this.#value.slice(-8)
  }

  /** Whether both hold the same value, in time that depends on the lengths alone. */
  equals(other: Secret | undefined): boolean {
    if (other === undefined || other.#value.length !== this.#value.length) return false
    let difference = 0
    for (let index = 0; index < this.#value.length; index++) {
      difference |= this.#value.charCodeAt(index) ^ other.#value.charCodeAt(index)
    }
    return difference === 0
  }

  /** The text without this value, as it is or as a URL or a form spells it; for texts that somebody else wrote. */
  redact(text: string): string {
    if (this.#value.length < 4) return text
    const spellings = [
      this.#value,
      encodeURIComponent(this.#value),
      new URLSearchParams([[this.#value, '']]).toString().slice(0, -1),
    ]
    return spellings.reduce((rest, spelling) => rest.replaceAll(spelling, '[secret]'), text)
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): string {
    return '[secret]'
  }

  static {
    Object.defineProperty(Secret.prototype, Symbol.for('nodejs.util.inspect.custom'), {
      value: () => '[secret]',
    })
  }
}
