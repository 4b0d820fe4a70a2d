// A token, said three ways: the official CLI's lines, a document, the bare access token.

import type { IssuedToken } from '../session/login.ts'
import type { ValidatedToken } from '../session/validate.ts'
import type { Voices } from './said.ts'
import { expiryMembers, goTime, rfc1123, secondsUntil, stamp } from './moments.ts'

/** The title of a token in the official CLI's lines; it lists no scopes after a refresh. */
export type TokenTitle = 'App Access Token' | 'User Access Token' | 'Access Token'

/** The voices of a token that was issued. */
export function issuedVoices(title: TokenTitle): Voices<IssuedToken> {
  return {
    human: (token, now) => officialLines(title, token).map((line) => `${stamp(now)} ${line}`),
    json: issuedDocument,
    quiet: (token) => token.accessToken.reveal(),
  }
}

/** The voices of what a server says of a token; each scope is followed by an empty line, as the official CLI has it. */
export const validatedVoices: Voices<ValidatedToken> = {
  human: (token, now) => [
    `Client ID: ${token.clientId}`,
    `Token Type: ${token.kind === 'user' ? 'User' : 'App'} Access Token`,
    ...(token.user === undefined ? [] : [`User ID: ${token.user.id}`, `User Login: ${token.user.login}`]),
    `Expires In: ${token.expiresAt === undefined ? 'never' : lifetime(token.expiresAt, now)}`,
    ...(token.scopes.length === 0
      ? ['Scopes: None']
      : ['Scopes:', ...token.scopes.flatMap((scope) => [`- ${scope}`, ''])]),
  ],
  json: (token, now) => ({
    client_id: token.clientId,
    login: token.user?.login ?? null,
    scopes: token.scopes,
    user_id: token.user?.id ?? null,
    ...expiryMembers(token.expiresAt, now),
    kind: token.kind,
  }),
  quiet: () => undefined,
}

function officialLines(title: TokenTitle, token: IssuedToken): string[] {
  const { accessToken, refreshToken, expiresAt, scopes } = token
  return [
    `${title}: ${accessToken.reveal()}`,
    ...(refreshToken === undefined ? [] : [`Refresh Token: ${refreshToken.reveal()}`]),
    `Expires At: ${expiresAt === undefined ? 'unknown' : goTime(expiresAt)}`,
    ...(title === 'Access Token' ? [] : [`Scopes: [${scopes.join(' ')}]`]),
  ]
}

function issuedDocument(token: IssuedToken, now: Date): unknown {
  return {
    access_token: token.accessToken.reveal(),
    refresh_token: token.refreshToken?.reveal() ?? null,
    token_type: 'bearer',
    ...expiryMembers(token.expiresAt, now),
    scope: token.scopes,
    kind: token.kind,
    client_id: token.clientId,
    user_id: token.user?.id ?? null,
    login: token.user?.login ?? null,
  }
}

function lifetime(expiresAt: Date, now: Date): string {
  return `${secondsUntil(expiresAt, now)} (${rfc1123(expiresAt)})`
}
