// What a login through the browser that failed is called, in the terminal and on the page, and what to do about it.

import { type Callback, type CallbackRefusal, mismatchRefusal } from '../client/callback.ts'
import { Failure } from '../domain/failure.ts'
import type { PageFailure } from './callback-page.ts'
import { redirectUri } from './callback-place.ts'
import type { CallbackPlace } from './user-flow.ts'

/** The code that the refusal of the exchange has when the redirect URL is not a registered one. */
const MISMATCH_AT_EXCHANGE = 'parameter_redirect_uri_does_not_match'

/** The failure for a refusal that the browser brought. */
export function refusedLogin(
  server: string,
  { reason, error, description }: CallbackRefusal,
  place: CallbackPlace,
): Failure {
  const words = description === '' ? error : `${error}: ${description}`
  const code = /^[a-z_]{1,60}$/.test(error) ? error : 'refused'
  const failure = new Failure('denied', code, `${server} refused the login: ${words}.`)
  switch (reason) {
    case 'redirect-mismatch':
      return withHint(failure, registerHint(place))
    case 'access-denied':
      return withHint(failure, 'Nothing was stored. To log in after all, run the command again')
    case 'other':
      return failure
  }
  return reason satisfies never
}

/** The failure of an exchange, with what to do next where that follows from the flow. */
export function advisedExchange(failure: Failure, place: CallbackPlace): Failure {
  switch (failure.code) {
    case 'missing_client_secret':
    case 'invalid_client_credentials':
      return withHint(
        failure,
        'To Twitch this application is public, and for it --dcf is the way: twitch token -u --dcf',
      )
    case 'invalid_authorization_code':
      return withHint(failure, 'The code had been used, or took too long. Run the command again')
    case MISMATCH_AT_EXCHANGE:
      return withHint(failure, registerHint(place))
    default:
      return failure
  }
}

/** The page of a login that failed: Twitch's own words where the browser brought them. */
export function pageOf(error: unknown, answer: Callback, place: CallbackPlace): PageFailure {
  if (!(error instanceof Failure)) {
    const advice = 'This is a fault of twitch-token. The terminal says more.'
    return { error: 'internal', details: '', advice }
  }
  const { code, message, hint } = error
  if (code === MISMATCH_AT_EXCHANGE) return mismatchPage(place)
  const advice = hint ?? 'Nothing was stored. The terminal says what to do next.'
  if (answer.kind !== 'refusal') return { error: code, details: message, advice }
  if (answer.reason === 'redirect-mismatch') return mismatchPage(place)
  return { error: answer.error, details: answer.description, advice }
}

/** The page for a redirect URL that is not the registered one. */
export function mismatchPage(place: CallbackPlace): PageFailure {
  return {
    error: mismatchRefusal.error,
    details: mismatchRefusal.description,
    advice:
      'At https://dev.twitch.tv/console/apps, make this the first OAuth Redirect URL of the application, exactly as it stands here, then run the command again.',
    redirectUri: redirectUri(place),
  }
}

function withHint({ kind, code, message, cause }: Failure, hint: string): Failure {
  return new Failure(kind, code, message, { hint, cause })
}

function registerHint(place: CallbackPlace): string {
  return `At https://dev.twitch.tv/console/apps, make ${redirectUri(place)} the first OAuth Redirect URL of the application: http, and no / at the end`
}
