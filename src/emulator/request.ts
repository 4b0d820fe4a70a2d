// A request as the endpoints see it: its path under the base, and its parameters wherever they were put.

import type { HttpRequest } from '../wire/http.ts'

/** A request, read. */
export interface ReadRequest {
  readonly method: string
  /** Scheme, host and port, as the client sees them. */
  readonly origin: string
  /** The path under `/oauth2` or `/auth`; undefined for any other. */
  readonly path: string | undefined
  /** Query and body together; the body wins, as it does in Go. */
  readonly parameters: ReadonlyMap<string, string>
  readonly headers: Readonly<Record<string, string>>
}

const BASES = ['/oauth2', '/auth']

/** Reads a request. A body that is not a form is no parameters. */
export async function readRequest(request: HttpRequest): Promise<ReadRequest> {
  const url = new URL(request.url)
  const base = BASES.find((candidate) => url.pathname.startsWith(`${candidate}/`))
  return {
    method: request.method,
    origin: url.origin,
    path: base === undefined ? undefined : url.pathname.slice(base.length),
    parameters: new Map([...firsts(url.searchParams), ...firsts(await readForm(request))]),
    headers: request.headers,
  }
}

async function readForm({ headers, body }: HttpRequest): Promise<Iterable<readonly [string, string]>> {
  const type = (headers['content-type'] ?? '').toLowerCase()
  if (type.startsWith('application/x-www-form-urlencoded')) return new URLSearchParams(body)
  if (!type.startsWith('multipart/form-data')) return []
  try {
    const form = await new Response(body, {
      headers: { 'content-type': headers['content-type'] ?? '' },
    }).formData()
    return [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []))
  } catch {
    return []
  }
}

/** The first value of each name, as Go's `FormValue` takes it. */
function firsts(pairs: Iterable<readonly [string, string]>): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [name, value] of pairs) if (!found.has(name)) found.set(name, value)
  return found
}
