// The authorization code flow: the user consents in a browser, which comes back to this machine with a code. RFC 6749 §4.1, RFC 8252.

import { type Callback, readCallback } from '../client/callback.ts'
import type { Application, ConfidentialApplication } from '../domain/application.ts'
import { durationWords } from '../domain/duration.ts'
import { Failure } from '../domain/failure.ts'
import type { Random } from '../domain/ports.ts'
import { Secret } from '../domain/secret.ts'
import type { HttpAnswer, HttpRequest } from '../wire/http.ts'

import { advisedExchange, mismatchPage, pageOf, refusedLogin } from './callback-advice.ts'
import { failurePage, strangerPage, successPage } from './callback-page.ts'
import { isOurHost, redirectUri } from './callback-place.ts'
import type { CallbackPlace, Deliver, FlowContext, FlowRequest, UserFlow } from './user-flow.ts'
import { tryToOpen } from './open-browser.ts'

/** 256 bits. */
const STATE_BYTES = 32

type Answer = Extract<Callback, { kind: 'code' | 'refusal' }>

/** @see https://dev.twitch.tv/docs/authentication/getting-tokens-oauth/#authorization-code-grant-flow */
export const authorizationCode: UserFlow = {
  async run(context, request, deliver) {
    const application = confidential(request.application)
    const { identity, serve, random, report } = context
    const { callback: place } = request
    const state = newState(random)
    const answered = new Deferred<Answer>()
    const page = new Deferred<HttpAnswer>()
    // The server is up before anybody is told of it.
    const listening = await serve(async (received) => handle(received), {
      address: place.address,
      port: place.port,
      connections: 64,
      acceptsHost: (host) => isOurHost(host, place),
    })

    async function handle(received: HttpRequest): Promise<HttpAnswer> {
      const callback = readCallback(received, state, identity.server)
      switch (callback.kind) {
        case 'code':
        case 'refusal':
          // Whoever comes with our state waits for the outcome; the first of them decides it.
          answered.resolve(callback)
          return page.promise
        case 'mismatch':
          report({ type: 'redirect-mismatch', redirectUri: redirectUri(place) })
          return failurePage(400, mismatchPage(place))
        case 'stranger':
          return strangerPage(callback.status)
      }
      return callback satisfies never
    }

    try {
      await invite(context, request, state)
      const answer = await waitForAnswer(context, request, state, answered.promise)
      report({ type: 'answered' })
      await settle(obtain(context, application, place, answer, deliver), page, answer, place)
    } finally {
      await listening.close()
    }
  },
}

/** Tells the user where to go, and opens the browser there. */
async function invite(context: FlowContext, request: FlowRequest, state: Secret): Promise<void> {
  const { identity, report } = context
  const url = identity.authorizeUrl({
    clientId: request.application.clientId,
    redirectUri: redirectUri(request.callback),
    scopes: request.scopes,
    state,
    forceVerify: request.forceVerify,
  })
  report({ type: 'visit', url, opening: request.openBrowser })
  if (request.openBrowser) await tryToOpen(context, url)
  report({ type: 'waiting' })
}

/** The callback, or the address that is pasted, or the end of patience: whatever comes first. */
async function waitForAnswer(
  context: FlowContext,
  request: FlowRequest,
  state: Secret,
  answered: Promise<Answer>,
): Promise<Answer> {
  const over = new AbortController()
  const signal = AbortSignal.any([context.signal, over.signal])
  try {
    return await Promise.race([
      answered,
      outOfPatience(context, request, signal),
      ...(request.acceptPaste ? [pasted(context, request.callback, state, signal)] : []),
    ])
  } finally {
    over.abort()
  }
}

async function outOfPatience(
  { clock }: FlowContext,
  request: FlowRequest,
  signal: AbortSignal,
): Promise<never> {
  await clock.sleep(request.timeoutMilliseconds, signal)
  const wait = durationWords(request.timeoutMilliseconds / 1000)
  throw new Failure('expired', 'login_timed_out', `Nobody came back from the browser within ${wait}.`, {
    hint: `See that ${redirectUri(request.callback)} is the first OAuth Redirect URL of the application, or log in by device code: twitch token -u --dcf`,
  })
}

/** Asks until the address is one that would have counted as a callback. */
async function pasted(
  context: FlowContext,
  place: CallbackPlace,
  state: Secret,
  signal: AbortSignal,
): Promise<Answer> {
  for (;;) {
    const typed = (await context.askForAddress(signal)).trim()
    const url = typed.includes('://') ? typed : `http://${typed}`
    if (URL.canParse(url) && isOurHost(new URL(url), place)) {
      const callback = readCallback(
        { method: 'GET', url, headers: {}, body: '' },
        state,
        context.identity.server,
      )
      if (callback.kind === 'code' || callback.kind === 'refusal') return callback
    }
    context.report({ type: 'paste-refused' })
  }
}

/** From the answer to a token that is delivered. */
async function obtain(
  { identity }: FlowContext,
  application: ConfidentialApplication,
  place: CallbackPlace,
  answer: Answer,
  deliver: Deliver,
): Promise<void> {
  if (answer.kind === 'refusal') throw refusedLogin(identity.server.name, answer, place)
  try {
    await deliver(await identity.exchangeCode(application, answer.code, redirectUri(place)))
  } catch (error) {
    throw error instanceof Failure ? advisedExchange(error, place) : error
  }
}

/** Shows the browser how it went. */
async function settle(
  work: Promise<void>,
  page: Deferred<HttpAnswer>,
  answer: Answer,
  place: CallbackPlace,
): Promise<void> {
  try {
    await work
    page.resolve(successPage())
  } catch (error) {
    page.resolve(failurePage(200, pageOf(error, answer, place)))
    throw error
  }
}

function newState(random: Random): Secret {
  const bytes = String.fromCharCode(...random.bytes(STATE_BYTES))
  return new Secret(btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''))
}

function confidential(application: Application): ConfidentialApplication {
  if (application.type === 'confidential') return application
  throw new Failure(
    'usage',
    'secret_required',
    'A login through the browser needs the Client Secret, and none is known for this application.',
    {
      hint: 'Store it with twitch configure. A public application has none, and for it --dcf is the way: twitch token -u --dcf',
    },
  )
}

/** A promise that is settled from outside, once. */
class Deferred<T> {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void

  constructor() {
    let settle: (value: T) => void = () => undefined
    this.promise = new Promise((resolve) => (settle = resolve))
    this.resolve = settle
  }
}
