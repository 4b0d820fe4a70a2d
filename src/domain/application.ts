// Who is asking: a Twitch application, public or confidential.

import { Failure } from './failure.ts'
import { isVisibleAscii } from './printable.ts'
import { Secret } from './secret.ts'

/** An application without a secret: for it, the device code grant is the way to a user token. */
export interface PublicApplication {
  readonly type: 'public'
  readonly clientId: string
}

/** An application with a secret. */
export interface ConfidentialApplication {
  readonly type: 'confidential'
  readonly clientId: string
  readonly clientSecret: Secret
}

/** @see https://dev.twitch.tv/docs/authentication/register-app/ */
export type Application = PublicApplication | ConfidentialApplication

/**
 * Reads a Client ID that somebody typed. Lengths are not checked: Twitch has changed them before.
 *
 * @throws Failure `usage`
 */
export function parseClientId(text: string): string {
  return parseCredential('Client ID', text)
}

/**
 * Reads a Client Secret that somebody typed.
 *
 * @throws Failure `usage`
 */
export function parseClientSecret(text: string): Secret {
  return new Secret(parseCredential('Client Secret', text))
}

function parseCredential(name: string, text: string): string {
  const trimmed = text.trim()
  if (isVisibleAscii(trimmed) && !trimmed.includes(' ')) return trimmed
  const problem = trimmed === '' ? 'is empty' : `has spaces or characters that no ${name} has`
  throw new Failure('usage', 'credential_invalid', `The ${name} ${problem}.`, {
    hint: `Copy the ${name} from https://dev.twitch.tv/console/apps, where "Manage" shows the application`,
  })
}
