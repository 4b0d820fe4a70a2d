// A request as the endpoints see it: its path, and its parameters wherever they were put.

import type { HttpRequest } from '../wire/http.ts'

/** A request, read. */
export interface ReadRequest {
  readonly method: string
  /** Scheme, host and port, as the client sees them. */
  readonly origin: string
  /** The base that the request came under, or undefined for a path outside both. */
  readonly base: (typeof BASES)[number] | undefined
  /** The path under the base; the whole path outside. */
  readonly path: string
  /** Query and body together; the body wins, as it does in Go. */
  readonly parameters: ReadonlyMap<string, string>
  /** What of them stood in the URL. */
  readonly query: ReadonlyMap<string, string>
  readonly headers: Readonly<Record<string, string>>
}

const BASES = ['/oauth2', '/auth'] as const

/** Reads a request. A body that is not a form is no parameters. */
export async function readRequest(request: HttpRequest): Promise<ReadRequest> {
  const url = new URL(request.url)
  const base = BASES.find((candidate) => url.pathname.startsWith(`${candidate}/`))
  const query = firsts(url.searchParams)
  return {
    method: request.method,
    origin: url.origin,
    base,
    path: url.pathname.slice(base?.length ?? 0),
    query,
    parameters: new Map([...query, ...firsts(await readForm(request))]),
    headers: request.headers,
  }
}

/** The base URL of the server, as this client knows it: the issuer of its ID tokens. */
export function issuerOf({ origin, base = '/oauth2' }: ReadRequest): string {
  return origin + base
}

/** The access token in the Authorization header, after one of these schemes. */
export function bearerToken({ headers }: ReadRequest, schemes: readonly string[]): string | undefined {
  const [, scheme, token] = /^(\w+) +(\S+)$/.exec(headers['authorization'] ?? '') ?? []
  return scheme !== undefined && schemes.includes(scheme.toLowerCase()) ? token : undefined
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
