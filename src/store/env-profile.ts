// What the keys of the env file mean: a profile from the file's values, and the values that a profile is kept as.

import type { Application } from '../domain/application.ts'
import { type IdentityServer, parseIdentityServer, sameServer, twitch } from '../domain/identity-server.ts'
import { isVisibleAscii } from '../domain/printable.ts'
import type { AccessToken, Profile, UserSession } from '../domain/profile.ts'
import { Secret } from '../domain/secret.ts'

/** The keys that a profile is kept in, sorted; those of the official CLI are marked. Any other key is left alone. */
const profileKeys = [
  'ACCESSTOKEN', // official
  'APPACCESSTOKEN',
  'APPTOKENEXPIRATION',
  'AUTHURL',
  'CLIENTID', // official
  'CLIENTSECRET', // official
  'CLIENTTYPE',
  'REFRESHTOKEN', // official
  'TOKENEXPIRATION', // official
  'TOKENSCOPES', // official
  'USERID',
  'USERLOGIN',
] as const

type ProfileKey = (typeof profileKeys)[number]
type ProfileValues = Partial<Record<ProfileKey, string>>

/** A profile, or the key whose value can't be what the key is for. */
export type DecodedProfile =
  | { readonly kind: 'profile'; readonly profile: Profile }
  | { readonly kind: 'damaged'; readonly key: string }

/** The profile that the values describe. */
export function decodeProfile(values: ReadonlyMap<string, string>): DecodedProfile {
  const present: ProfileValues = {}
  for (const key of profileKeys) {
    const value = values.get(key) ?? ''
    if (value === '') continue
    if (!isVisibleAscii(value)) return { kind: 'damaged', key }
    present[key] = value
  }
  const server = decodeServer(present.AUTHURL)
  if (server === undefined) return { kind: 'damaged', key: 'AUTHURL' }
  return {
    kind: 'profile',
    profile: { application: decodeApplication(present), server, ...decodeTokens(present) },
  }
}

/**
 * Which keys have to change so that a file with these values, which held `previous`, holds `next`: a new value, or
 * undefined to go. A key whose meaning stays the same keeps its spelling.
 */
export function changesToHold(
  values: ReadonlyMap<string, string>,
  previous: Profile,
  next: Profile,
): Map<string, string | undefined> {
  const before = encodeProfile(previous)
  const after = encodeProfile(next)
  const changes = new Map<string, string | undefined>()
  for (const key of profileKeys) {
    const missing = after[key] !== undefined && !values.has(key)
    if (missing || before[key] !== after[key]) changes.set(key, after[key])
  }
  return changes
}

function encodeProfile({ application, server, user, app }: Profile): ProfileValues {
  return {
    ...(application && { CLIENTID: application.clientId }),
    ...(application?.type === 'confidential' && { CLIENTSECRET: application.clientSecret.reveal() }),
    ...(application?.type === 'public' && { CLIENTTYPE: 'public' }),
    ...(!sameServer(server, twitch) && { AUTHURL: server.url }),
    ...encodeOfficialSlot(user, app),
    ...(app && {
      APPACCESSTOKEN: app.accessToken.reveal(),
      APPTOKENEXPIRATION: encodeDate(app.expiresAt),
    }),
    ...(user?.user && { USERID: user.user.id, USERLOGIN: user.user.login }),
  }
}

/** The slot that the official CLI knows: the user token if there is one, else a copy of the app token. */
function encodeOfficialSlot(user: UserSession | undefined, app: AccessToken | undefined): ProfileValues {
  if (user === undefined && app === undefined) return {}
  const access = user === undefined ? app : user.access
  return {
    ACCESSTOKEN: access?.accessToken.reveal() ?? '',
    REFRESHTOKEN: user?.refreshToken?.reveal() ?? '',
    TOKENSCOPES: marksUserOnly(user) ? '' : `[${user?.scopes.join(' ') ?? ''}]`,
    TOKENEXPIRATION: encodeDate(access?.expiresAt),
  }
}

/**
 * Whether nothing but the user's id tells the session from an app token. The official CLI leaves our keys alone when it
 * puts an app token into its slot, with `TOKENSCOPES=[]`; an empty `TOKENSCOPES` is then the sign that it did not.
 */
function marksUserOnly(user: UserSession | undefined): boolean {
  return user?.user !== undefined && user.refreshToken === undefined && user.scopes.length === 0
}

function decodeApplication({ CLIENTID, CLIENTSECRET, CLIENTTYPE }: ProfileValues): Application | undefined {
  if (CLIENTID === undefined) return undefined
  if (CLIENTTYPE === 'public' || CLIENTSECRET === undefined) return { type: 'public', clientId: CLIENTID }
  return { type: 'confidential', clientId: CLIENTID, clientSecret: new Secret(CLIENTSECRET) }
}

function decodeTokens(values: ProfileValues): {
  user: UserSession | undefined
  app: AccessToken | undefined
} {
  const { ACCESSTOKEN, REFRESHTOKEN, APPACCESSTOKEN, USERID, USERLOGIN } = values
  const scopes = decodeScopes(values.TOKENSCOPES)
  const app = decodeAccess(APPACCESSTOKEN, values.APPTOKENEXPIRATION)
  const official = decodeAccess(ACCESSTOKEN, values.TOKENEXPIRATION)
  const ofUser =
    REFRESHTOKEN !== undefined ||
    scopes.length > 0 ||
    (USERID !== undefined && values.TOKENSCOPES === undefined)
  // Without a mark of a user the official slot holds an app token; the one that lives longer is the newer one.
  if (!ofUser) return { user: undefined, app: outlives(official, app) ? official : app }
  const user: UserSession = {
    access: official,
    refreshToken: REFRESHTOKEN === undefined ? undefined : new Secret(REFRESHTOKEN),
    scopes,
    user: USERID === undefined ? undefined : { id: USERID, login: USERLOGIN ?? '' },
  }
  return { user, app }
}

function decodeAccess(token: string | undefined, expiration: string | undefined): AccessToken | undefined {
  return token === undefined
    ? undefined
    : { accessToken: new Secret(token), expiresAt: decodeDate(expiration), obtainedAt: undefined }
}

function outlives(one: AccessToken | undefined, other: AccessToken | undefined): boolean {
  if (one === undefined || other === undefined) return one !== undefined
  return (one.expiresAt?.getTime() ?? 0) > (other.expiresAt?.getTime() ?? 0)
}

function decodeServer(url: string | undefined): IdentityServer | undefined {
  if (url === undefined) return twitch
  try {
    return parseIdentityServer(url)
  } catch {
    return undefined
  }
}

function decodeScopes(text = ''): readonly string[] {
  return text
    .replace(/^\[|\]$/g, '')
    .split(' ')
    .filter((name) => name !== '')
}

/** RFC 3339, with any number of digits behind the second: JavaScript reads three for certain. */
function decodeDate(text = ''): Date | undefined {
  const date = new Date(text.replace(/(\.\d{3})\d+/, '$1'))
  return Number.isNaN(date.getTime()) ? undefined : date
}

function encodeDate(date: Date | undefined): string {
  return date?.toISOString() ?? ''
}
