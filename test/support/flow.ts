// What a flow works with, in a test: the emulator behind the client, a callback server without a socket, and everything it tells.

import { createIdentityClient } from '../../src/client/identity-client.ts'
import { twitch } from '../../src/domain/identity-server.ts'
import type { Handler, Http, ServeOptions } from '../../src/domain/ports.ts'
import { Secret } from '../../src/domain/secret.ts'
import type { TokenGrant } from '../../src/domain/token.ts'
import type { Emulator } from '../../src/emulator/emulator.ts'
import { seededApplications } from '../../src/emulator/seeds.ts'
import type { FlowContext, FlowEvent, FlowRequest, UserFlow } from '../../src/flows/user-flow.ts'
import type { HttpAnswer, HttpRequest } from '../../src/wire/http.ts'
import { type FakeClock, createFakeClock, createTestEmulator } from './world.ts'

const { clientId, clientSecret } = seededApplications.confidential

/** A login that can be watched from all sides. */
export interface TestLogin {
  readonly clock: FakeClock
  readonly emulator: Emulator
  readonly events: FlowEvent[]
  readonly requests: HttpRequest[]
  readonly delivered: TokenGrant[]
  /** Addresses that were opened in the browser. */
  readonly opened: string[]
  /** How the callback server was asked for, and whether it is up. */
  readonly server: { options?: ServeOptions; up: boolean }
  /** Sends the callback server a request. */
  call(target: string, request?: Partial<HttpRequest>): Promise<HttpAnswer>
  /** The `state` of the address that was shown. */
  readonly state: string
  /** Runs the flow. */
  run(flow: UserFlow, request?: Partial<FlowRequest>): Promise<void>
  readonly controller: AbortController
}

/** What a test may want otherwise. */
export interface TestLoginOptions {
  readonly clock?: FakeClock
  /** Stands before the emulator; undefined lets it answer. */
  readonly http?: (request: HttpRequest) => Promise<HttpAnswer> | undefined
  readonly askForAddress?: FlowContext['askForAddress']
  readonly deliver?: (grant: TokenGrant) => Promise<void>
  readonly openBrowser?: (url: string) => Promise<void>
}

/** Makes a {@link TestLogin}. */
export function createTestLogin(options: TestLoginOptions = {}): TestLogin {
  const clock = options.clock ?? createFakeClock()
  const emulator = createTestEmulator(clock)
  const controller = new AbortController()
  const login = {
    events: [] as FlowEvent[],
    requests: [] as HttpRequest[],
    delivered: [] as TokenGrant[],
    opened: [] as string[],
  }
  const server: { options?: ServeOptions; up: boolean } = { up: false }
  let handler: Handler | undefined
  const http: Http = async (request) => {
    login.requests.push(request)
    return options.http?.(request) ?? emulator.handle(request)
  }
  const context: FlowContext = {
    identity: createIdentityClient({
      server: twitch,
      http,
      clock,
      userAgent: 'test',
      signal: controller.signal,
    }),
    clock,
    random: { bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) },
    serve: async (given, serveOptions) => {
      handler = given
      Object.assign(server, { options: serveOptions, up: true })
      return { port: serveOptions.port, close: async () => void (server.up = false) }
    },
    openBrowser: options.openBrowser ?? (async (url) => void login.opened.push(url)),
    askForAddress: options.askForAddress ?? (async () => new Promise(() => undefined)),
    report: (event) => void login.events.push(event),
    signal: controller.signal,
  }
  return {
    ...login,
    clock,
    emulator,
    server,
    controller,
    async call(target, request = {}) {
      if (handler === undefined || !server.up) throw new Error('The callback server is not up')
      return handler({
        method: 'GET',
        url: `http://localhost:3000${target}`,
        headers: {},
        body: '',
        ...request,
      })
    },
    get state() {
      const visit = login.events.find((event) => event.type === 'visit')
      return new URL(visit?.url ?? 'x:').searchParams.get('state') ?? ''
    },
    run: async (flow, request = {}) =>
      flow.run(
        context,
        {
          application: { type: 'confidential', clientId, clientSecret: new Secret(clientSecret) },
          scopes: ['chat:read'],
          forceVerify: false,
          openBrowser: true,
          acceptPaste: false,
          callback: { redirectHost: 'localhost', port: 3000, address: undefined },
          timeoutMilliseconds: 300_000,
          ...request,
        },
        async (grant) => {
          await options.deliver?.(grant)
          login.delivered.push(grant)
        },
      ),
  }
}
