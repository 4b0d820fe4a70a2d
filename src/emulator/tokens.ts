// The tokens that were issued: to whom, until when. Every change of them is a method here.

import type {
  AccessTokenRecord,
  EmulatorSnapshot,
  GrantRecord,
  OpenIdRecord,
  RefreshTokenRecord,
} from './records.ts'
import type { Registry } from './registry.ts'
import {
  type RandomBytes,
  appTokenLife,
  makeAccessToken,
  makeGrantId,
  makeRefreshToken,
  userTokenLife,
} from './values.ts'

/** What tokens are kept with. */
export interface TokensOptions {
  readonly now: () => number
  readonly random: RandomBytes
  readonly registry: Registry
  readonly snapshot: Pick<EmulatorSnapshot, 'grants' | 'accessTokens' | 'refreshTokens'>
}

/** An access token with the seconds it has, and the refresh token that came with it. */
export interface Issued {
  readonly accessToken: string
  readonly expiresIn: number
  readonly refreshToken?: string
  readonly scopes: readonly string[]
  /** Absent for an app token. */
  readonly grant?: GrantRecord
}

/** A grant that is to begin. */
export interface NewGrant {
  readonly clientId: string
  readonly userId: string
  readonly scopes: readonly string[]
  readonly openId?: OpenIdRecord | undefined
}

/** https://dev.twitch.tv/docs/authentication/refresh-tokens/ */
const LIVE_TOKENS_PER_GRANT = 50
const PUBLIC_REFRESH_LIFE = 30 * 24 * 60 * 60 * 1000

/** Keeps tokens in memory. */
export class Tokens {
  readonly #grants = new Map<string, GrantRecord>()
  readonly #accessTokens = new Map<string, AccessTokenRecord>()
  readonly #refreshTokens = new Map<string, RefreshTokenRecord>()
  /** The access tokens of each grant, oldest first. */
  readonly #tokensOfGrant = new Map<string, Set<string>>()
  readonly #now: () => number
  readonly #random: RandomBytes
  readonly #registry: Registry

  constructor({ now, random, registry, snapshot }: TokensOptions) {
    this.#now = now
    this.#random = random
    this.#registry = registry
    for (const record of snapshot.grants) this.#grants.set(record.id, record)
    for (const record of snapshot.accessTokens) this.#addAccessToken(record)
    for (const record of snapshot.refreshTokens) this.#refreshTokens.set(record.value, record)
  }

  /** Issues an app token. */
  issueAppToken(clientId: string): Issued {
    return { ...this.#issue(clientId, appTokenLife(this.#random)), scopes: [] }
  }

  /** Begins a grant with a refresh token. */
  issueUserToken(wanted: NewGrant): Issued {
    const grant = this.#begin(wanted)
    return this.#issueForGrant(grant, this.#addRefreshToken(grant))
  }

  /** Begins a grant without a refresh token, as the implicit flow does. */
  issueImplicitToken(wanted: NewGrant): Issued {
    return this.#issueForGrant(this.#begin(wanted), undefined)
  }

  /** The refresh token, if it works for this application. */
  liveRefreshToken(value: string, clientId: string): RefreshTokenRecord | undefined {
    const token = this.#refreshTokens.get(value)
    if (token === undefined || token.spent === true || this.#isPast(token.expiresAt)) return undefined
    return this.#grants.get(token.grantId)?.clientId === clientId ? token : undefined
  }

  /** A new access token for a working refresh token, which stays as it is. */
  renew(refreshToken: RefreshTokenRecord): Issued {
    return this.#issueForGrant(this.#grantOf(refreshToken), refreshToken)
  }

  /** A new access token and a new refresh token for a working refresh token; all that there was before is dead. */
  rotate(refreshToken: RefreshTokenRecord): Issued {
    const grant = this.#grantOf(refreshToken)
    this.#refreshTokens.set(refreshToken.value, { ...refreshToken, spent: true })
    this.#dropAccessTokens(grant.id)
    return this.#issueForGrant(grant, this.#addRefreshToken(grant))
  }

  /** Whether one more access token would be one too many. */
  isFull({ grantId }: RefreshTokenRecord): boolean {
    return (this.#tokensOfGrant.get(grantId)?.size ?? 0) >= LIVE_TOKENS_PER_GRANT
  }

  /** Cuts the whole grant if the value is a refresh token that was spent before: a replay. */
  cutOnReplay(value: string, clientId: string): void {
    const token = this.#refreshTokens.get(value)
    if (token?.spent === true && this.#grants.get(token.grantId)?.clientId === clientId)
      this.cut(token.grantId)
  }

  /** Ends a grant: every token of it is dead. */
  cut(grantId: string): void {
    this.#dropAccessTokens(grantId)
    this.#grants.delete(grantId)
  }

  /** The access token with the grant behind it, if it works. */
  liveAccessToken(value: string): { token: AccessTokenRecord; grant: GrantRecord | undefined } | undefined {
    const token = this.#accessTokens.get(value)
    if (token === undefined || this.#isPast(token.expiresAt)) return undefined
    return { token, grant: token.grantId === undefined ? undefined : this.#grants.get(token.grantId) }
  }

  /** Takes an access token of this application away. @returns whether there was one that worked */
  revoke(value: string, clientId: string): boolean {
    const live = this.liveAccessToken(value)
    if (live === undefined || live.token.clientId !== clientId) return false
    this.#dropAccessToken(live.token)
    return true
  }

  /** Whole seconds that are left of an access token. */
  secondsLeft({ expiresAt }: AccessTokenRecord): number {
    return Math.floor((expiresAt - this.#now()) / 1000)
  }

  /** All that still means something, as plain data: the newest of each sort, at most this many. */
  snapshot(most: number): TokensOptions['snapshot'] {
    const live = (record: { readonly expiresAt?: number }): boolean => !this.#isPast(record.expiresAt)
    return {
      grants: [...this.#grants.values()].slice(-most),
      accessTokens: [...this.#accessTokens.values()].filter(live).slice(-most),
      refreshTokens: [...this.#refreshTokens.values()].filter(live).slice(-most),
    }
  }

  #begin({ clientId, userId, scopes, openId }: NewGrant): GrantRecord {
    const id = makeGrantId(this.#random)
    const grant: GrantRecord = { id, clientId, userId, scopes, ...(openId && { openId }) }
    this.#grants.set(id, grant)
    return grant
  }

  #grantOf({ grantId }: RefreshTokenRecord): GrantRecord {
    const grant = this.#grants.get(grantId)
    if (grant === undefined) throw new Error('A live refresh token has a grant')
    return grant
  }

  #issueForGrant(grant: GrantRecord, refreshToken: RefreshTokenRecord | undefined): Issued {
    const issued = this.#issue(grant.clientId, userTokenLife(this.#random), grant.id)
    return {
      ...issued,
      ...(refreshToken && { refreshToken: refreshToken.value }),
      scopes: grant.scopes,
      grant,
    }
  }

  #issue(clientId: string, expiresIn: number, grantId?: string): Omit<Issued, 'scopes'> {
    const value = makeAccessToken(this.#random)
    const expiresAt = this.#now() + expiresIn * 1000
    this.#addAccessToken({ value, clientId, expiresAt, ...(grantId !== undefined && { grantId }) })
    return { accessToken: value, expiresIn }
  }

  #addAccessToken(record: AccessTokenRecord): void {
    this.#accessTokens.set(record.value, record)
    if (record.grantId === undefined) return
    const siblings = this.#tokensOfGrant.get(record.grantId) ?? new Set<string>()
    this.#tokensOfGrant.set(record.grantId, siblings.add(record.value))
    const [oldest] = siblings
    if (siblings.size <= LIVE_TOKENS_PER_GRANT || oldest === undefined) return
    siblings.delete(oldest)
    this.#accessTokens.delete(oldest)
  }

  #addRefreshToken(grant: GrantRecord): RefreshTokenRecord {
    const record: RefreshTokenRecord = {
      value: makeRefreshToken(this.#random),
      grantId: grant.id,
      ...(this.#registry.isPublic(grant.clientId) && { expiresAt: this.#now() + PUBLIC_REFRESH_LIFE }),
    }
    this.#refreshTokens.set(record.value, record)
    return record
  }

  #dropAccessTokens(grantId: string): void {
    for (const value of this.#tokensOfGrant.get(grantId) ?? []) this.#accessTokens.delete(value)
    this.#tokensOfGrant.delete(grantId)
  }

  #dropAccessToken({ value, grantId }: AccessTokenRecord): void {
    this.#accessTokens.delete(value)
    if (grantId !== undefined) this.#tokensOfGrant.get(grantId)?.delete(value)
  }

  #isPast(moment: number | undefined): boolean {
    return moment !== undefined && moment <= this.#now()
  }
}
