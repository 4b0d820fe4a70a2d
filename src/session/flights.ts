// Callers in one process who want the same thing at the same time share one attempt at it.

/** Attempts under way, by name. */
export class Flights {
  readonly #underWay = new Map<string, Promise<unknown>>()

  /** The result of the attempt of this name that is under way, or of this one if there is none. */
  async share<T>(name: string, attempt: () => Promise<T>): Promise<T> {
    const joined = this.#underWay.get(name)
    if (joined !== undefined) return joined as Promise<T>
    const flight = attempt().finally(() => this.#underWay.delete(name))
    this.#underWay.set(name, flight)
    return flight
  }
}
