// What the identity server knows: applications, users, and what it has issued to them. Moments are milliseconds since 1970.

/** A registered application. Without `clientSecret` it is public. */
export interface ApplicationRecord {
  readonly clientId: string
  readonly clientSecret?: string
  readonly name: string
  /** Exact strings; a mismatch sends the browser to the first. */
  readonly redirectUris: readonly string[]
}

/** A Twitch account. */
export interface UserRecord {
  readonly id: string
  readonly login: string
  readonly displayName: string
  readonly email: string
}

/** What OpenID Connect adds to a login: the nonce, and the claims that were asked for. */
export interface OpenIdRecord {
  readonly nonce?: string
  readonly idTokenClaims: readonly string[]
  readonly userinfoClaims: readonly string[]
}

/** What a user has granted to an application: it lives as long as its refresh token does. */
export interface GrantRecord {
  readonly id: string
  readonly clientId: string
  readonly userId: string
  readonly scopes: readonly string[]
  readonly openId?: OpenIdRecord
}

/** An access token; without a grant it is an app token. */
export interface AccessTokenRecord {
  readonly value: string
  readonly clientId: string
  readonly grantId?: string
  readonly expiresAt: number
}

/** A refresh token. A spent one is remembered, to know a replay by. */
export interface RefreshTokenRecord {
  readonly value: string
  readonly grantId: string
  /** Absent for confidential applications, whose refresh tokens have no end. */
  readonly expiresAt?: number
  readonly spent?: true
}

/** An authorization code; a used one is remembered with the grant it became. */
export interface AuthorizationCodeRecord {
  readonly code: string
  readonly clientId: string
  readonly userId: string
  readonly scopes: readonly string[]
  readonly redirectUri: string
  readonly expiresAt: number
  readonly openId?: OpenIdRecord
  readonly usedFor?: string
}

/** A device code, and what the user has decided. */
export interface DeviceCodeRecord {
  readonly deviceCode: string
  readonly userCode: string
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly expiresAt: number
  readonly decision?: { readonly kind: 'approved'; readonly userId: string } | { readonly kind: 'denied' }
  /** When it was last asked after. */
  readonly polledAt?: number
}

/** The scopes that a user has let an application have, so that the next login need not ask. */
export interface ConsentRecord {
  readonly userId: string
  readonly clientId: string
  readonly scopes: readonly string[]
}

/** All of it, as plain data. */
export interface EmulatorSnapshot {
  readonly version: 1
  readonly applications: readonly ApplicationRecord[]
  readonly users: readonly UserRecord[]
  readonly grants: readonly GrantRecord[]
  readonly accessTokens: readonly AccessTokenRecord[]
  readonly refreshTokens: readonly RefreshTokenRecord[]
  readonly authorizationCodes: readonly AuthorizationCodeRecord[]
  readonly deviceCodes: readonly DeviceCodeRecord[]
  readonly consents: readonly ConsentRecord[]
  /** The private key that ID tokens are signed with, as a JWK, once one was needed. */
  readonly signingKey?: Readonly<Record<string, unknown>>
}
