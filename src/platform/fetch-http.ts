// The HTTP port of the standalone program, whose runtime has its fastest way in `fetch`. Redirects are never followed, nothing is retried.

import type { Http } from '../domain/ports.ts'
import type { HttpAnswer, HttpRequest } from '../wire/http.ts'
import { readBody } from './answer-body.ts'
import { startDeadline } from './deadline.ts'
import { type HttpLimits, LIMITS, namesProxy } from './http-settings.ts'
import { networkFailure, proxyRefusal, timedOut } from './network-failure.ts'

/** What Bun takes beyond the standard. https://bun.com/docs/runtime/networking/fetch */
interface BunRequest extends RequestInit {
  readonly decompress: boolean
  readonly verbose: boolean
  readonly tls: { readonly rejectUnauthorized: boolean }
}

/** Makes the port. Proxies have rules of their own here, which `fetch` does not know: where one is named, Node's way is taken. */
export function createFetchHttp(limits: HttpLimits = LIMITS): Http {
  let proxied: Promise<Http> | undefined
  return async (request, signal) => {
    if (!namesProxy()) return send(request, signal, limits)
    proxied ??= import('./http.ts').then(({ createHttp }) => createHttp(limits).http)
    return (await proxied)(request, signal)
  }
}

async function send(
  { method, url: address, headers, body }: HttpRequest,
  signal: AbortSignal | undefined,
  limits: HttpLimits,
): Promise<HttpAnswer> {
  signal?.throwIfAborted()
  const url = new URL(address)
  const ended = new AbortController()
  const interrupt = (): void => ended.abort(signal?.reason)
  signal?.addEventListener('abort', interrupt, { once: true })
  const callOff = startDeadline(limits.total, () => ended.abort(timedOut(url, limits.total)))
  const options: BunRequest = {
    method,
    headers,
    ...(method === 'POST' && { body }),
    redirect: 'manual',
    signal: ended.signal,
    decompress: false,
    // Said outright, so that BUN_CONFIG_VERBOSE_FETCH does not print credentials.
    verbose: false,
    // Said outright, so that NODE_TLS_REJECT_UNAUTHORIZED=0 does not hand credentials to whoever answers.
    tls: { rejectUnauthorized: true },
  }
  try {
    const answer = await fetch(url, options)
    if (answer.status === 407) throw proxyRefusal(407)
    const chunks: AsyncIterable<Uint8Array> = answer.body ?? noChunks()
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: await readBody(chunks, answer.headers.get('content-encoding'), limits.answer),
    }
  } catch (error) {
    if (ended.signal.aborted) throw ended.signal.reason
    ended.abort()
    throw networkFailure(url, error)
  } finally {
    callOff()
    signal?.removeEventListener('abort', interrupt)
  }
}

async function* noChunks(): AsyncIterable<Uint8Array> {}
