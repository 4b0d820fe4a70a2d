// Everything that an endpoint works with.

import type { Dialect } from './dialect.ts'
import type { Logins } from './logins.ts'
import type { Registry } from './registry.ts'
import type { Signer } from './signer.ts'
import type { Tokens } from './tokens.ts'

/** The state of a server, and how it is to behave. */
export interface ServerState {
  readonly registry: Registry
  readonly tokens: Tokens
  readonly logins: Logins
  readonly signer: Signer
  readonly dialect: Dialect
  /** Consent is given at once, by the first user. */
  readonly autoApprove: boolean
  /** How often a device login may be asked after. */
  readonly deviceIntervalSeconds: number
  readonly now: () => number
}
