// The HTTP port on Node: one request, one capped answer, with deadlines. Redirects are never followed, nothing is retried.

import type http from 'node:http'
import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http'
import type { LookupFunction } from 'node:net'
import type { Http } from '../domain/ports.ts'
import type { HttpAnswer, HttpRequest } from '../wire/http.ts'
import { readBody } from './answer-body.ts'
import { startDeadline } from './deadline.ts'
import { type HttpLimits, LIMITS, namesProxy } from './http-settings.ts'
import { networkFailure, proxyRefusal, timedOut, tooManyInterimAnswers } from './network-failure.ts'

/** Answers of status 1xx, which come before the real one. RFC 9110 §15.2. */
const MOST_INTERIM_ANSWERS = 16

/** The port, and the way to let go of the connections that it keeps open between requests. */
export interface HttpConnections {
  readonly http: Http
  close(): void
}

type Transport = Pick<typeof http, 'Agent' | 'request'>

/** Makes the port. A proxy is used when the environment names one. */
export function createHttp(limits: HttpLimits = LIMITS): HttpConnections {
  const agents = new Map<string, Agent>()

  async function agentFor(url: URL, transport: Transport): Promise<Agent> {
    const known = agents.get(url.origin)
    if (known !== undefined) return known
    const proxied = namesProxy() ? (await import('./proxy.ts')).createProxyAgent(url) : undefined
    const agent = proxied ?? (await directAgent(url, transport))
    agents.set(url.origin, agent)
    return agent
  }

  const send: Http = async (request, signal) => {
    signal?.throwIfAborted()
    const url = new URL(request.url)
    const transport: Transport =
      url.protocol === 'https:' ? await import('node:https') : await import('node:http')
    const agent = await agentFor(url, transport)
    const lookup = url.hostname.endsWith('.localhost') ? await lookupThisMachine() : undefined
    return exchange({ transport, agent, lookup, url, request, signal, limits })
  }

  return {
    http: send,
    close() {
      for (const agent of agents.values()) agent.destroy()
      agents.clear()
    },
  }
}

async function directAgent(url: URL, transport: Transport): Promise<Agent> {
  if (url.protocol === 'http:') return new transport.Agent({ keepAlive: true })
  const { EarlyAgent } = await import('./early-agent.ts')
  return new EarlyAgent()
}

/** For names under `localhost`, which mean this machine (RFC 6761 §6.3), and which no name server is asked for. */
async function lookupThisMachine(): Promise<LookupFunction> {
  const { lookup } = await import('node:dns')
  return (_name, options, callback) => lookup('localhost', options, callback)
}

interface Exchange {
  readonly transport: Transport
  readonly agent: Agent
  readonly lookup: LookupFunction | undefined
  readonly url: URL
  readonly request: HttpRequest
  readonly signal: AbortSignal | undefined
  readonly limits: HttpLimits
}

async function exchange({
  transport,
  agent,
  lookup,
  url,
  request,
  signal,
  limits,
}: Exchange): Promise<HttpAnswer> {
  const body = Buffer.from(request.body)
  const options: RequestOptions & { rejectUnauthorized: true } = {
    method: request.method,
    agent,
    ...(lookup && { lookup }),
    // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED=0 does not hand credentials to whoever answers.
    rejectUnauthorized: true,
  }
  return new Promise((resolve, reject) => {
    const sent = transport.request(url, options, (answer) => {
      // Of a tunnel the agent tells below; where there is none, only a proxy says 407.
      if (answer.statusCode === 407) return stop(proxyRefusal(407))
      readAnswer(answer, limits.answer).then(resolve, (error: unknown) => reject(networkFailure(url, error)))
    })
    // Not among the options, which Node prints, credentials and all, when NODE_DEBUG asks for `http` or `https`.
    for (const [name, value] of Object.entries(request.headers)) sent.setHeader(name, value)
    if (request.method === 'POST') sent.setHeader('content-length', body.length)
    const stop = (reason: unknown): void => {
      // oxlint-disable-next-line prefer-promise-reject-errors -- the reason of an abort signal is the caller's failure
      reject(reason)
      sent.destroy()
    }
    const interrupt = (): void => stop(signal?.reason)
    const callOff = startDeadline(limits.total, () => stop(timedOut(url, limits.total)))
    const stopWatching = watchConnect(sent, limits.connect, () => stop(timedOut(url, limits.connect)))
    signal?.addEventListener('abort', interrupt, { once: true })
    let interim = 0
    sent.on('information', () => {
      if (++interim > MOST_INTERIM_ANSWERS) stop(tooManyInterimAnswers(url))
    })
    sent.on('error', (error) => reject(networkFailure(url, error, dialledBy(agent, url))))
    sent.on('proxyConnect', ({ statusCode = 200 }: { statusCode?: number }) => {
      if (statusCode !== 200) stop(proxyRefusal(statusCode))
    })
    sent.on('close', () => {
      callOff()
      stopWatching()
      signal?.removeEventListener('abort', interrupt)
    })
    sent.end(body)
  })
}

/** What the agent makes connections to, in words. */
function dialledBy(agent: Agent, url: URL): string {
  return 'proxy' in agent && agent.proxy instanceof URL ? `the proxy ${agent.proxy.host}` : url.host
}

/** Gives up on a connection (TLS included) that is not there in time; one that was kept open is there at once. */
function watchConnect(sent: ClientRequest, limit: number, giveUp: () => void): () => void {
  const done = startDeadline(limit, giveUp)
  sent.once('socket', (socket) => {
    if (!socket.connecting) return done()
    socket.once('encrypted' in socket ? 'secureConnect' : 'connect', done)
  })
  return done
}

async function readAnswer(answer: IncomingMessage, limit: number): Promise<HttpAnswer> {
  try {
    const body = await readBody(answer, answer.headers['content-encoding'], limit)
    return { status: answer.statusCode ?? 0, headers: flatten(answer), body }
  } finally {
    if (!answer.complete) answer.destroy()
  }
}

function flatten({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  )
}
