// A memory for `oidc-provider` that forgets nothing, as ours forgets nothing. Its own drops what it has more than a thousand or two of, living grants too.

import type { Adapter, AdapterPayload } from 'oidc-provider'

/** Everything of one kind, by its id. */
export class MapAdapter implements Adapter {
  readonly #records = new Map<string, AdapterPayload>()

  async upsert(id: string, payload: AdapterPayload): Promise<void> {
    this.#records.set(id, payload)
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.#records.get(id)
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return [...this.#records.values()].find((record) => record.uid === uid)
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return [...this.#records.values()].find((record) => record.userCode === userCode)
  }

  async consume(id: string): Promise<void> {
    Object.assign(this.#records.get(id) ?? {}, { consumed: Math.floor(Date.now() / 1000) })
  }

  async destroy(id: string): Promise<void> {
    this.#records.delete(id)
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [id, record] of this.#records) if (record.grantId === grantId) this.#records.delete(id)
  }
}
