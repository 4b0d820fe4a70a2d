// What Node says when no answer comes, in words for a person. Nothing of the request is quoted but the server's host.

import { Failure } from '../domain/failure.ts'

/**
 * The failure for an error of a request to this URL; a failure passes through as it is.
 *
 * @param dialled what a connection was made to, or should have been: the server, or a proxy before it
 */
export function networkFailure(url: URL, error: unknown, dialled: string = url.host): Failure {
  if (error instanceof Failure) return error
  const { code, words } = errorParts(error)
  const [kind, name, what] = explain(code, words, url.host, dialled)
  return new Failure(kind, name, what, { cause: code === '' ? words : code })
}

/** The failure for a step that took too long; `limit` in milliseconds. */
export function timedOut(url: URL, limit: number): Failure {
  return new Failure('network', 'timed_out', `${url.host} did not answer within ${limit / 1000} seconds.`)
}

/** The failure for a server that goes on announcing an answer that does not come. */
export function tooManyInterimAnswers(url: URL): Failure {
  return new Failure('protocol', 'answer_too_large', headerTooLong(url.host))
}

/** The failure for a proxy that would not connect. */
export function proxyRefusal(status: number): Failure {
  const what = status === 407 ? 'wants a user name and a password' : 'would not connect to the server'
  return new Failure('network', 'proxy_refused', `The proxy ${what} (${status}).`, {
    hint: 'Check HTTPS_PROXY (http://user:password@host:port), or exempt the server with NO_PROXY',
  })
}

/** The code and the message; of several attempts (IPv6, then IPv4) those of the last. */
function errorParts(error: unknown): { code: string; words: string } {
  const last = error instanceof AggregateError ? (error.errors.at(-1) as unknown) : error
  if (!(last instanceof Error)) return { code: '', words: '' }
  return { code: 'code' in last && typeof last.code === 'string' ? last.code : '', words: last.message }
}

const CERTIFICATE_PROBLEMS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'has expired',
  CERT_NOT_YET_VALID: "is not valid yet: is this machine's clock right?",
  ERR_TLS_CERT_ALTNAME_INVALID: 'is for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'comes from an authority that is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'comes from an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT: 'comes from an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'comes from an authority that is not trusted here',
}

function headerTooLong(host: string): string {
  return `${host} sent more header than is read.`
}

function explain(
  code: string,
  words: string,
  host: string,
  dialled: string,
): ['network' | 'protocol', string, string] {
  const certificate = CERTIFICATE_PROBLEMS[code]
  if (certificate !== undefined)
    return ['network', 'certificate_refused', `The certificate of ${host} ${certificate}.`]
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return ['network', 'name_not_found', `The name of ${dialled} could not be resolved.`]
  if (code === 'ECONNREFUSED') return ['network', 'refused', `Nothing answers at ${dialled}.`]
  if (/^HPE_.*_OVERFLOW$/.test(code)) return ['protocol', 'answer_too_large', headerTooLong(host)]
  // Node’s parser, and Bun’s.
  if (/^HPE_|^Malformed_HTTP|^InvalidHTTP|^InvalidContentLength/.test(code))
    return ['network', 'not_http', `What answers at ${host} does not speak HTTP.`]
  if (code.startsWith('ERR_SSL') || code === 'EPROTO')
    return ['network', 'not_tls', `What answers at ${host} does not speak TLS.`]
  if (code === 'ECONNRESET' || words === 'aborted' || words === 'socket hang up') {
    return ['network', 'cut_off', `The connection to ${host} was cut off before the whole answer was here.`]
  }
  return ['network', 'unreachable', `${host} could not be reached${code === '' ? '' : ` (${code})`}.`]
}
