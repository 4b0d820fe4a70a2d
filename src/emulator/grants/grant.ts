// What a grant is to the token endpoint: its name, whether it wants the secret, and its own part of the work.

import type { Refusal } from '../answers.ts'
import type { ApplicationRecord } from '../records.ts'
import type { ReadRequest } from '../request.ts'
import type { SecretRule } from '../rules.ts'
import type { ServerState } from '../server-state.ts'
import type { Issued } from '../tokens.ts'

/** A grant. When `issue` runs, the application is known and its secret checked. */
export interface Grant {
  /** The value of `grant_type`. */
  readonly type: string
  readonly secret: SecretRule
  issue(request: ReadRequest, application: ApplicationRecord, state: ServerState): Issued | Refusal
}
