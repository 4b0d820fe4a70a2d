// Twitch's dialect, translated for a client that takes the standards at their word. Each rule here is a way in which Twitch differs from them.

import { messages } from '../../src/wire/messages.ts'

/**
 * RFC 6749 §5.2 wants `error` and `error_description`; Twitch sends `status` and `message`, and its texts are these. The
 * words of RFC 8628 §3.5 stand in `message` too, spelled as they should be.
 */
const ERRORS: ReadonlyMap<string, string> = new Map([
  [messages.missingClientId, 'invalid_request'],
  [messages.missingRefreshToken, 'invalid_request'],
  [messages.missingDeviceCode, 'invalid_request'],
  [messages.invalidClient, 'invalid_client'],
  [messages.missingClientSecret, 'invalid_client'],
  [messages.invalidClientSecret, 'invalid_client'],
  [messages.invalidClientCredentials, 'invalid_client'],
  [messages.clientDoesNotExist, 'invalid_client'],
  [messages.invalidAuthorizationCode, 'invalid_grant'],
  [messages.redirectMismatch, 'invalid_grant'],
  [messages.invalidRefreshToken, 'invalid_grant'],
  // RFC 8628 §3.5 has a word of its own for a code that has expired; Twitch says the same of used and unknown ones.
  [messages.invalidDeviceCode, 'expired_token'],
])

/** A `fetch` that speaks to Twitch, or to whoever answers as Twitch does, and answers as the standards say. */
export async function twitchFetch(url: string, options: RequestInit): Promise<Response> {
  // RFC 8628 §3.1 and RFC 6749 §3.3 name the parameter `scope`; Twitch's device endpoint wants `scopes`.
  const isDevice = url.endsWith('/device')
  if (isDevice && options.body instanceof URLSearchParams) rename(options.body, 'scope', 'scopes')
  const response = await fetch(url, options)
  const text = await response.text()
  if (text === '') return new Response(null, response)
  const body = JSON.parse(text) as Record<string, unknown>
  // RFC 7009 §2.2: a token that can't be revoked any more is revoked, and no error. Twitch says 400.
  if (url.endsWith('/revoke') && body['message'] === messages.invalidToken) return new Response(null)
  return Response.json(translate(body), response)
}

function translate(body: Record<string, unknown>): object {
  // RFC 6749 §3.3: names with spaces between. Twitch sends an array.
  if (Array.isArray(body['scope'])) return { ...body, scope: body['scope'].join(' ') }
  const { message } = body
  if (typeof message !== 'string') return body
  const unknownScope = message.startsWith('invalid scope requested') ? 'invalid_scope' : undefined
  return { error: unknownScope ?? ERRORS.get(message) ?? message, error_description: message }
}

function rename(form: URLSearchParams, from: string, to: string): void {
  const value = form.get(from)
  if (value === null) return
  form.delete(from)
  form.set(to, value)
}
