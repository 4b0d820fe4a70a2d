// What is stored, as a person wants to see it and as a program does. Every secret is masked.

import prettyMilliseconds from 'pretty-ms'
import type { ProfileStatus, TokenStatus } from '../session/status.ts'
import type { StatusWarning } from '../session/status-warnings.ts'
import { expiryMembers } from './moments.ts'
import { type Layout, row } from './rows.ts'
import type { Voices } from './said.ts'

const LEFT = 15

/** The voices of a profile's status. @param columns how wide the terminal is */
export function statusVoices(columns: number): Voices<ProfileStatus> {
  return {
    human: (status, now) =>
      rowsOf(status, now).flatMap(([name, text]) =>
        row(name, text, { left: LEFT, columns } satisfies Layout),
      ),
    json: statusDocument,
    quiet: () => undefined,
  }
}

type Row = readonly [name: string, text: string]

function rowsOf(status: ProfileStatus, now: Date): readonly Row[] {
  const { profile, place, server, user, app, warnings } = status
  return [
    ['Profile', profile],
    ['File', place],
    ['Server', server.name === 'Twitch' ? server.name : `${server.name} (${server.url})`],
    ...applicationRows(status),
    ...(user === undefined ? [['User token', 'none'] as const] : tokenRows('User token', user, now)),
    ...(app === undefined ? [['App token', 'none'] as const] : tokenRows('App token', app, now)),
    ...warnings.map((warning) => ['Warning', warningText(warning, now)] as const),
  ]
}

function applicationRows({ application: chosen, borrowed }: ProfileStatus): readonly Row[] {
  if (chosen === undefined) return [['Client ID', 'none; store one with: twitch configure']]
  const { application, clientIdSource, clientSecretSource } = chosen
  const from = (source: string | undefined): string =>
    source === 'profile' && borrowed ? 'from the default profile' : `from the ${source}`
  return [
    ['Client ID', `${application.clientId}, ${from(clientIdSource)}`],
    [
      'Client Secret',
      application.type === 'public'
        ? 'none: a public application'
        : `${application.clientSecret.masked()}, ${from(clientSecretSource)}`,
    ],
  ]
}

function tokenRows(title: string, token: TokenStatus, now: Date): readonly Row[] {
  const { accessToken, user, scopes, kind } = token
  return [
    [
      title,
      [
        accessToken?.masked() ?? 'revoked',
        ...(user === undefined ? [] : [`${user.login} (${user.id})`]),
      ].join(', '),
    ],
    ...(kind === 'user' ? [['', `scopes: ${scopes.length === 0 ? 'none' : scopes.join(' ')}`] as const] : []),
    ['', lifeText(token, now)],
    ...verdictRows(token),
  ]
}

function lifeText({ accessToken, expiresAt, renewable }: TokenStatus, now: Date): string {
  const renewal = renewable ? 'print renews it' : 'it can’t be renewed'
  if (accessToken === undefined) return renewal
  if (expiresAt === undefined) return `until nobody knows when; ${renewal}`
  const left = expiresAt.getTime() - now.getTime()
  const life =
    left > 0
      ? `works for ${span(left)}, until ${minute(expiresAt)}`
      : `ended ${span(-left)} ago, at ${minute(expiresAt)}`
  return `${life}; ${renewal}`
}

function verdictRows({ verdict }: TokenStatus): readonly Row[] {
  switch (verdict.kind) {
    case 'unasked':
      return []
    case 'valid':
      return [['', 'valid: the server was asked just now']]
    case 'dead':
      return [['', `NOT VALID: ${verdict.message}`]]
    case 'unknown':
      return [['', `could not be checked: ${verdict.failure.message}`]]
  }
  return verdict satisfies never
}

function warningText(warning: StatusWarning, now: Date): string {
  switch (warning.type) {
    case 'ends': {
      const left = warning.at.getTime() - now.getTime()
      const when = left > 0 ? `ends in ${span(left)}` : 'has ended'
      return `the ${warning.kind} token ${when}, and nothing can renew it. Log in: ${warning.login}`
    }
    case 'refresh-unfinished':
      return `a refresh that began at ${minute(warning.at)} was cut off, so the refresh token may be spent. If the next print fails, log in: ${warning.login}`
    case 'refresh-token-idle':
      return `the refresh token dies of disuse at ${minute(warning.dies)}, unless print --min-valid renews before`
    case 'other-application':
      return `the tokens are not for the Client ID in force, ${warning.clientId}, and are not used with it`
  }
  return warning satisfies never
}

function statusDocument(status: ProfileStatus, now: Date): unknown {
  const { profile, place, server, application: chosen, borrowed, user, app, warnings } = status
  return {
    profile,
    file: place,
    auth_url: server.url,
    client_id: chosen?.application.clientId ?? null,
    client_id_source: chosen?.clientIdSource ?? null,
    client_secret_source: chosen?.clientSecretSource ?? null,
    client_type: chosen?.application.type ?? null,
    borrowed_from_default: borrowed,
    user: user === undefined ? null : tokenDocument(user, now),
    app: app === undefined ? null : tokenDocument(app, now),
    warnings: warnings.map((warning) => ({ type: warning.type, message: warningText(warning, now) })),
  }
}

function tokenDocument(
  { accessToken, expiresAt, scopes, user, renewable, verdict }: TokenStatus,
  now: Date,
): unknown {
  return {
    access_token: accessToken?.masked() ?? null,
    ...expiryMembers(expiresAt, now),
    scope: scopes,
    user_id: user?.id ?? null,
    login: user?.login ?? null,
    renewable,
    check: verdict.kind,
  }
}

/** `2026-11-23 22:06 UTC`: for a person who looks at a list. */
function minute(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** A length of time in its two largest units: `3h 58m`. @param milliseconds not negative */
function span(milliseconds: number): string {
  return prettyMilliseconds(Math.max(1000, Math.floor(milliseconds / 1000) * 1000), { unitCount: 2 })
}
