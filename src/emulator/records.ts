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

/** What a user has granted to an application: it lives as long as its refresh token does. */
export interface GrantRecord {
  readonly id: string
  readonly clientId: string
  readonly userId: string
  readonly scopes: readonly string[]
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

/** A device code, and what has become of it. */
export interface DeviceCodeRecord {
  readonly deviceCode: string
  readonly userCode: string
  readonly clientId: string
  readonly scopes: readonly string[]
  readonly expiresAt: number
}

/** All of it, as plain data. */
export interface EmulatorSnapshot {
  readonly version: 1
  readonly applications: readonly ApplicationRecord[]
  readonly users: readonly UserRecord[]
  readonly grants: readonly GrantRecord[]
  readonly accessTokens: readonly AccessTokenRecord[]
  readonly refreshTokens: readonly RefreshTokenRecord[]
  readonly deviceCodes: readonly DeviceCodeRecord[]
}
