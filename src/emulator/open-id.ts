// What OpenID Connect says of a user: the claims that always come, and those that were asked for.

import type { GrantRecord, OpenIdRecord, UserRecord } from './records.ts'
import type { ServerState } from './server-state.ts'
import type { Claims } from './signer.ts'

const LIFE_SECONDS = 900

/** The scope without which there is no ID token. */
export const OPENID = 'openid'

/** Reads the `nonce` and the `claims` of an authorize request; claims that are not JSON are none. */
export function readOpenId(nonce: string | undefined, claims: string | undefined): OpenIdRecord {
  const asked = parseClaims(claims)
  return {
    ...(nonce !== undefined && { nonce }),
    idTokenClaims: namesIn(asked['id_token']),
    userinfoClaims: namesIn(asked['userinfo']),
  }
}

/** The ID token of a grant; with an access token beside it (in a fragment) it holds that token's hash. */
export async function idToken(
  state: ServerState,
  issuer: string,
  grant: GrantRecord,
  besideToken?: string,
): Promise<string> {
  const user = userOf(state, grant)
  return state.signer.sign({
    ...standardClaims(state, issuer, grant),
    azp: grant.clientId,
    ...(besideToken !== undefined && { at_hash: await accessTokenHash(besideToken) }),
    ...(grant.openId?.nonce !== undefined && { nonce: grant.openId.nonce }),
    ...pick(profileClaims(state, user, grant), grant.openId?.idTokenClaims ?? []),
  })
}

/** The answer of the userinfo endpoint. */
export function userinfo(state: ServerState, issuer: string, grant: GrantRecord): Claims {
  const user = userOf(state, grant)
  return {
    ...standardClaims(state, issuer, grant),
    ...pick(profileClaims(state, user, grant), grant.openId?.userinfoClaims ?? []),
  }
}

function standardClaims({ now }: ServerState, issuer: string, { clientId, userId }: GrantRecord): Claims {
  const issuedAt = Math.floor(now() / 1000)
  return { aud: clientId, exp: issuedAt + LIFE_SECONDS, iat: issuedAt, iss: issuer, sub: userId }
}

/** The claims that can be asked for; e-mail needs its own scope. */
function profileClaims({ now }: ServerState, user: UserRecord, { scopes }: GrantRecord): Claims {
  const mail = scopes.includes('user:read:email') ? { email: user.email, email_verified: true } : {}
  return {
    ...mail,
    preferred_username: user.displayName,
    picture: `https://example.com/${user.login}.png`,
    updated_at: new Date(now()).toISOString().replace('Z', '000Z'),
  }
}

function userOf({ registry }: ServerState, { userId }: GrantRecord): UserRecord {
  return registry.user(userId) ?? { id: userId, login: '', displayName: '', email: '' }
}

function pick(claims: Claims, names: readonly string[]): Claims {
  return Object.fromEntries(Object.entries(claims).filter(([name]) => names.includes(name)))
}

/** OpenID Connect Core §3.1.3.6: the left half of the hash. */
async function accessTokenHash(accessToken: string): Promise<string> {
  const digest = new Uint8Array(
    await globalThis.crypto.subtle.digest('SHA-256', new TextEncoder().encode(accessToken)),
  )
  const half = String.fromCharCode(...digest.subarray(0, digest.length / 2))
  return btoa(half).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function parseClaims(text: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

function namesIn(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : []
}
