// What a flow is: a way to obtain a token, as a value. It knows neither profiles nor stores, and it never prints.

import type { IdentityClient } from '../client/identity-client.ts'
import type { Application } from '../domain/application.ts'
import type { TokenGrant } from '../domain/token.ts'

/** What a flow works with. */
export interface FlowContext {
  readonly identity: IdentityClient
}

/** What is wanted of a flow. */
export interface FlowRequest {
  readonly application: Application
}

/** A way to obtain a token. */
export interface Flow {
  /** Whom the token speaks for: the application itself, or a user of it. */
  readonly yields: 'app' | 'user'
  /** @throws Failure */
  run(context: FlowContext, request: FlowRequest): Promise<TokenGrant>
}
