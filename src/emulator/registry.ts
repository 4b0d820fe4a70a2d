// Who is known to the server: applications and users.

import type { ApplicationRecord, EmulatorSnapshot, UserRecord } from './records.ts'

/** Keeps them in memory. */
export class Registry {
  readonly #applications = new Map<string, ApplicationRecord>()
  readonly #users = new Map<string, UserRecord>()

  constructor({ applications, users }: Pick<EmulatorSnapshot, 'applications' | 'users'>) {
    for (const record of applications) this.addApplication(record)
    for (const record of users) this.addUser(record)
  }

  addApplication(record: ApplicationRecord): void {
    this.#applications.set(record.clientId, record)
  }

  addUser(record: UserRecord): void {
    this.#users.set(record.id, record)
  }

  application(clientId: string): ApplicationRecord | undefined {
    return this.#applications.get(clientId)
  }

  user(id: string): UserRecord | undefined {
    return this.#users.get(id)
  }

  isPublic(clientId: string): boolean {
    return this.application(clientId)?.clientSecret === undefined
  }

  get applications(): readonly ApplicationRecord[] {
    return [...this.#applications.values()]
  }

  get users(): readonly UserRecord[] {
    return [...this.#users.values()]
  }
}
