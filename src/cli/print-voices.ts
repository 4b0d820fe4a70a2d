// A working token in the forms that programs take it in.

import type { WorkingToken } from '../session/ensure.ts'
import { expiryMembers } from './moments.ts'
import { type Voices, document } from './said.ts'

/** The forms, the default first. */
export const printFormats = ['token', 'header', 'oauth', 'env', 'json'] as const

/** One of them. */
export type PrintFormat = (typeof printFormats)[number]

/** The voices of a token in this form. */
export function printVoices(format: PrintFormat): Voices<WorkingToken> {
  return {
    human: (token, now) => formatted(token, format, now),
    json: tokenDocument,
    quiet: (token, now) => formatted(token, format, now).join('\n'),
  }
}

/** What a program finds in its environment. */
export function tokenEnvironment(token: WorkingToken): Readonly<Record<string, string>> {
  const { accessToken, clientId, user, expiresAt } = token
  return {
    TWITCH_ACCESS_TOKEN: accessToken.reveal(),
    ...(clientId !== undefined && { TWITCH_CLIENT_ID: clientId }),
    ...(user !== undefined && { TWITCH_LOGIN: user.login, TWITCH_USER_ID: user.id }),
    ...(expiresAt !== undefined && { TWITCH_TOKEN_EXPIRES_AT: expiresAt.toISOString() }),
  }
}

function formatted(token: WorkingToken, format: PrintFormat, now: Date): readonly string[] {
  switch (format) {
    case 'token':
      return [token.accessToken.reveal()]
    case 'header':
      return [`Authorization: Bearer ${token.accessToken.reveal()}`]
    case 'oauth':
      return [`oauth:${token.accessToken.reveal()}`]
    case 'env':
      return Object.entries(tokenEnvironment(token)).map(([name, value]) => `${name}=${value}`)
    case 'json':
      return [document(tokenDocument(token, now)).trimEnd()]
  }
  return format satisfies never
}

/** Twitch's spelling, without the refresh token: whoever has this needs none. */
function tokenDocument(
  { accessToken, expiresAt, scopes, kind, clientId, user }: WorkingToken,
  now: Date,
): unknown {
  return {
    access_token: accessToken.reveal(),
    token_type: 'bearer',
    ...expiryMembers(expiresAt, now),
    scope: scopes,
    kind,
    client_id: clientId ?? null,
    user_id: user?.id ?? null,
    login: user?.login ?? null,
  }
}
