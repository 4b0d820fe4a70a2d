// An answer is classified before anything is done with it: granted, refused, out of order, or not understood.

import type { IdentityServer } from '../domain/identity-server.ts'
import { Failure } from '../domain/failure.ts'
import { printable } from '../domain/printable.ts'
import type { Secret } from '../domain/secret.ts'
import type { HttpAnswer } from '../wire/http.ts'

/** What an answer is, before its fields are looked at. */
export type Judgement =
  /** 2xx; the body is still to be decoded. */
  | { readonly kind: 'accepted'; readonly body: string }
  /** 4xx with the server's own words; the `word` is what tells one refusal from another. */
  | {
      readonly kind: 'refused'
      readonly status: number
      readonly word: string
      readonly message: string
    }
  /** 429 or 5xx: the server is there but can't answer now. */
  | { readonly kind: 'unavailable'; readonly status: number; readonly message: string | undefined }
  /** 3xx: never followed, since a followed redirect would take credentials along. RFC 9700 §4.12. */
  | { readonly kind: 'redirected'; readonly host: string }
  /** Anything else. */
  | { readonly kind: 'unreadable'; readonly status: number; readonly detail: string }

/**
 * Says what kind of answer it is.
 *
 * @param sent the credentials of the request, which a server's words may repeat and ours must not
 */
export function judge(answer: HttpAnswer, sent: readonly Secret[]): Judgement {
  const { status, body } = answer
  if (status >= 200 && status < 300) return { kind: 'accepted', body }
  if (status >= 300 && status < 400) return { kind: 'redirected', host: locationHost(answer, sent) }
  const texts = refusalTexts(body, sent)
  if (status === 429 || status >= 500) return { kind: 'unavailable', status, message: texts?.message }
  if (status >= 400 && texts !== undefined) return { kind: 'refused', status, ...texts }
  return { kind: 'unreadable', status, detail: describeBody(body) }
}

/**
 * The failure that a judgement other than `accepted` stands for.
 *
 * @param task what was asked for, as in "Twitch refused ..."
 */
export function failureOf(
  judgement: Exclude<Judgement, { kind: 'accepted' }>,
  server: IdentityServer,
  task: string,
): Failure {
  switch (judgement.kind) {
    case 'refused':
      return new Failure(
        'denied',
        codeOf(judgement.word),
        `${server.name} refused ${task}: ${judgement.message} (${judgement.status}).`,
      )
    case 'unavailable': {
      const words = judgement.message === undefined ? '' : `: ${judgement.message}`
      const [code, what] =
        judgement.status === 429
          ? ['rate_limited', 'asked to slow down']
          : ['server_unavailable', 'could not answer']
      return new Failure(
        'protocol',
        code,
        `${server.name} ${what} (${judgement.status})${words}. Nothing was changed here.`,
      )
    }
    case 'redirected':
      return new Failure(
        'protocol',
        'redirected',
        `${server.name} answered with a redirect to ${judgement.host}, which was not followed.`,
      )
    case 'unreadable':
      return new Failure(
        'protocol',
        'unreadable_answer',
        `${server.name} answered ${task} with ${judgement.detail} (${judgement.status}).`,
      )
  }
  return judgement satisfies never
}

/** A stable word for programs from the server's: `invalid client secret` becomes `invalid_client_secret`. */
function codeOf(word: string): string {
  const words = word.toLowerCase().match(/[a-z0-9]+/g) ?? []
  return words.slice(0, 6).join('_') || 'refused'
}

/**
 * Twitch's `message`, which is both; or the `error` of a server that keeps to RFC 6749 §5.2, with its
 * `error_description`. Beside a `message` an `error` says no more than the status does.
 */
function refusalTexts(
  body: string,
  sent: readonly Secret[],
): { readonly word: string; readonly message: string } | undefined {
  const members = parseObject(body)
  const said = (...names: readonly string[]): string | undefined => {
    const texts = names.map((name) => members?.[name])
    const text = texts.find((candidate) => typeof candidate === 'string' && candidate.trim() !== '')
    return typeof text === 'string'
      ? printable(sent.reduce((rest, secret) => secret.redact(rest), text))
      : undefined
  }
  const word = said('message', 'error', 'error_description')
  const message = said('message', 'error_description', 'error')
  return word === undefined || message === undefined ? undefined : { word, message }
}

/** The members of a JSON object, or undefined for any other text. Never throws. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    // Own members alone, so that `__proto__` in a hostile body is a name like any other.
    return { __proto__: null, ...value }
  } catch {
    return undefined
  }
}

/** What the body looks like, without quoting it: it may hold anything. */
export function describeBody(body: string): string {
  const text = body.trim()
  if (text === '') return 'an empty body'
  if (text.startsWith('<')) return 'a web page: is there a proxy or a login portal in between?'
  return parseObject(body) === undefined
    ? 'something that is not a JSON object'
    : 'a JSON object of another shape'
}

function locationHost({ headers: { location = '' } }: HttpAnswer, sent: readonly Secret[]): string {
  // A host name can be made of a credential, in lower case then.
  if (sent.some((secret) => secret.redact(location) !== location)) return 'an address with a credential in it'
  try {
    return printable(new URL(location).host) || 'nowhere'
  } catch {
    return 'the same host'
  }
}
