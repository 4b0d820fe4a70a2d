// The server's books: what was issued, to whom, until when. Every change is a method here.

import type {
  AccessTokenRecord,
  ApplicationRecord,
  DeviceCodeRecord,
  EmulatorSnapshot,
  GrantRecord,
  RefreshTokenRecord,
  UserRecord,
} from './records.ts'
import { seeds } from './seeds.ts'
import {
  type RandomBytes,
  appTokenLife,
  makeAccessToken,
  makeDeviceCode,
  makeGrantId,
  makeRefreshToken,
  makeUserCode,
  userTokenLife,
} from './values.ts'

/** What the books are kept with. */
export interface LedgerOptions {
  readonly now: () => number
  readonly random: RandomBytes
  readonly snapshot?: EmulatorSnapshot | undefined
}

/** An access token with the seconds it has, and the refresh token that came with it. */
export interface Issued {
  readonly accessToken: string
  readonly expiresIn: number
  readonly refreshToken?: string
  readonly scopes: readonly string[]
}

const LIVE_TOKENS_PER_GRANT = 50
const DEVICE_CODE_LIFE = 30 * 60 * 1000
const PUBLIC_REFRESH_LIFE = 30 * 24 * 60 * 60 * 1000

/** Keeps the books in memory. */
export class Ledger {
  readonly applications: Map<string, ApplicationRecord> = new Map()
  readonly users: Map<string, UserRecord> = new Map()
  readonly #grants = new Map<string, GrantRecord>()
  readonly #accessTokens = new Map<string, AccessTokenRecord>()
  readonly #refreshTokens = new Map<string, RefreshTokenRecord>()
  readonly #deviceCodes = new Map<string, DeviceCodeRecord>()
  /** The access tokens of each grant, oldest first. */
  readonly #tokensOfGrant = new Map<string, Set<string>>()
  readonly #now: () => number
  readonly #random: RandomBytes

  constructor({ now, random, snapshot }: LedgerOptions) {
    this.#now = now
    this.#random = random
    const books = { ...seeds, ...snapshot }
    for (const record of books.applications) this.addApplication(record)
    for (const record of books.users) this.addUser(record)
    for (const record of books.grants) this.#grants.set(record.id, record)
    for (const record of books.accessTokens) this.#addAccessToken(record)
    for (const record of books.refreshTokens) this.#refreshTokens.set(record.value, record)
    for (const record of books.deviceCodes) this.#deviceCodes.set(record.deviceCode, record)
  }

  addApplication(record: ApplicationRecord): void {
    this.applications.set(record.clientId, record)
  }

  addUser(record: UserRecord): void {
    this.users.set(record.id, record)
  }

  /** Issues an app token. */
  issueAppToken(clientId: string): Issued {
    return { ...this.#issue(clientId, appTokenLife(this.#random)), scopes: [] }
  }

  /** Begins a grant: an access token and a refresh token for a user. */
  issueUserToken(clientId: string, userId: string, scopes: readonly string[]): Issued {
    const grant: GrantRecord = { id: makeGrantId(this.#random), clientId, userId, scopes }
    this.#grants.set(grant.id, grant)
    return this.#issueForGrant(grant, this.#addRefreshToken(grant))
  }

  /** Begins a device login. */
  startDevice(clientId: string, scopes: readonly string[]): DeviceCodeRecord {
    const record: DeviceCodeRecord = {
      deviceCode: makeDeviceCode(this.#random),
      userCode: makeUserCode(this.#random),
      clientId,
      scopes,
      expiresAt: this.#now() + DEVICE_CODE_LIFE,
    }
    this.#deviceCodes.set(record.deviceCode, record)
    return record
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

  /** Cuts the whole grant if the value is a refresh token that was spent before: a replay. */
  cutOnReplay(value: string, clientId: string): void {
    const token = this.#refreshTokens.get(value)
    if (token?.spent !== true || this.#grants.get(token.grantId)?.clientId !== clientId) return
    this.#dropAccessTokens(token.grantId)
    this.#grants.delete(token.grantId)
  }

  /** The access token with whom it is for, if it works. */
  liveAccessToken(
    value: string,
  ): { token: AccessTokenRecord; grant: GrantRecord | undefined; user: UserRecord | undefined } | undefined {
    const token = this.#accessTokens.get(value)
    if (token === undefined || this.#isPast(token.expiresAt)) return undefined
    const grant = token.grantId === undefined ? undefined : this.#grants.get(token.grantId)
    return { token, grant, user: grant && this.users.get(grant.userId) }
  }

  /** Takes an access token of this application away. @returns whether there was one that worked */
  revoke(value: string, clientId: string): boolean {
    const live = this.liveAccessToken(value)
    if (live === undefined || live.token.clientId !== clientId) return false
    this.#dropAccessToken(live.token)
    return true
  }

  /** Whole seconds that are left of a token or a code. */
  secondsLeft({ expiresAt }: { readonly expiresAt: number }): number {
    return Math.floor((expiresAt - this.#now()) / 1000)
  }

  /** All that still means something, as plain data: of access tokens the newest, at most this many. */
  snapshot(most = 500): EmulatorSnapshot {
    const live = (record: { readonly expiresAt?: number }): boolean => !this.#isPast(record.expiresAt)
    return {
      version: 1,
      applications: [...this.applications.values()],
      users: [...this.users.values()],
      grants: [...this.#grants.values()].slice(-most),
      accessTokens: [...this.#accessTokens.values()].filter(live).slice(-most),
      refreshTokens: [...this.#refreshTokens.values()].filter(live).slice(-most),
      deviceCodes: [...this.#deviceCodes.values()].filter(live).slice(-most),
    }
  }

  #grantOf({ grantId }: RefreshTokenRecord): GrantRecord {
    const grant = this.#grants.get(grantId)
    if (grant === undefined) throw new Error('A live refresh token has a grant')
    return grant
  }

  #issueForGrant(grant: GrantRecord, refreshToken: RefreshTokenRecord): Issued {
    const issued = this.#issue(grant.clientId, userTokenLife(this.#random), grant.id)
    return { ...issued, refreshToken: refreshToken.value, scopes: grant.scopes }
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
    const isPublic = this.applications.get(grant.clientId)?.clientSecret === undefined
    const record: RefreshTokenRecord = {
      value: makeRefreshToken(this.#random),
      grantId: grant.id,
      ...(isPublic && { expiresAt: this.#now() + PUBLIC_REFRESH_LIFE }),
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
