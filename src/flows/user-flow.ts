// What a flow is in which a user logs in: a way to obtain a token, as a value. It knows neither profiles nor stores, and it never prints.

import type { IdentityClient } from '../client/identity-client.ts'
import type { Application } from '../domain/application.ts'
import type { Clock, Random, Serve } from '../domain/ports.ts'
import type { TokenGrant } from '../domain/token.ts'

/** What a flow tells while it goes on. */
export type FlowEvent =
  /** The user is to visit the address; `opening`: the browser here is being opened. */
  | { readonly type: 'visit'; readonly url: string; readonly opening: boolean }
  /** The browser could not be opened after all. */
  | { readonly type: 'browser-failed'; readonly reason: string }
  /** The callback server is up, and waits. */
  | { readonly type: 'waiting' }
  /** The callback server has its answer, and closes. */
  | { readonly type: 'answered' }
  /** Somebody came to the callback without our state, because the redirect URL is not the registered one. */
  | { readonly type: 'redirect-mismatch'; readonly redirectUri: string }
  /** A pasted address was not the one that is waited for. */
  | { readonly type: 'paste-refused' }
  /** The user is to visit the address and, if asked there, to type the code. */
  | {
      readonly type: 'enter-code'
      readonly url: string
      readonly userCode: string
      readonly intervalSeconds: number
      readonly expiresInSeconds: number
    }
  /** The server does not answer; the login goes on. */
  | { readonly type: 'poll-failed'; readonly reason: string; readonly waitSeconds: number }

/** What a flow works with. */
export interface FlowContext {
  readonly identity: IdentityClient
  readonly clock: Clock
  readonly random: Random
  readonly serve: Serve
  /** Opens the browser. Throws when it can't be opened. */
  readonly openBrowser: (url: string) => Promise<void>
  /** Asks a person for the address that the browser ended at; aborted when it is no longer needed. */
  readonly askForAddress: (signal: AbortSignal) => Promise<string>
  readonly report: (event: FlowEvent) => void
  readonly signal: AbortSignal
}

/** What is wanted of a flow. The part about the callback is for the authorization code flow. */
export interface FlowRequest {
  readonly application: Application
  readonly scopes: readonly string[]
  readonly forceVerify: boolean
  /** Open the browser here. */
  readonly openBrowser: boolean
  /** Let the address be pasted that the browser, elsewhere, ended at. */
  readonly acceptPaste: boolean
  readonly callback: CallbackPlace
  readonly timeoutMilliseconds: number
}

/** Where the browser comes back to. */
export interface CallbackPlace {
  /** The host in the redirect URL. */
  readonly redirectHost: string
  readonly port: number
  /** The address to listen on; undefined for all. */
  readonly address: string | undefined
}

/** What is done with a token once it is there. What it throws is the failure of the login, and is shown to whoever waits for it. */
export type Deliver = (grant: TokenGrant) => Promise<void>

/** A way in which a user logs in. */
export interface UserFlow {
  /**
   * Obtains a token and delivers it, once.
   *
   * @throws Failure
   */
  run(context: FlowContext, request: FlowRequest, deliver: Deliver): Promise<void>
}
