// Logins under way: authorization codes, device codes, and the consent that users have given before.

import type {
  AuthorizationCodeRecord,
  ConsentRecord,
  DeviceCodeRecord,
  EmulatorSnapshot,
  OpenIdRecord,
} from './records.ts'
import { type RandomBytes, makeAuthorizationCode, makeDeviceCode, makeUserCode } from './values.ts'

/** What logins are kept with. */
export interface LoginsOptions {
  readonly now: () => number
  readonly random: RandomBytes
  readonly snapshot: Pick<EmulatorSnapshot, 'authorizationCodes' | 'deviceCodes' | 'consents'>
}

/** A code that is to be made for a user who has consented. */
export interface NewAuthorizationCode {
  readonly clientId: string
  readonly userId: string
  readonly scopes: readonly string[]
  readonly redirectUri: string
  readonly openId?: OpenIdRecord | undefined
}

const AUTHORIZATION_CODE_LIFE = 10 * 60 * 1000
/** How long a device login may take. */
export const DEVICE_CODE_SECONDS: number = 30 * 60

/** Keeps logins in memory. */
export class Logins {
  readonly #codes = new Map<string, AuthorizationCodeRecord>()
  readonly #devices = new Map<string, DeviceCodeRecord>()
  readonly #consents = new Map<string, ConsentRecord>()
  readonly #now: () => number
  readonly #random: RandomBytes

  constructor({ now, random, snapshot }: LoginsOptions) {
    this.#now = now
    this.#random = random
    for (const record of snapshot.authorizationCodes) this.#codes.set(record.code, record)
    for (const record of snapshot.deviceCodes) this.#devices.set(record.deviceCode, record)
    for (const record of snapshot.consents) this.#consents.set(consentKey(record), record)
  }

  /** Remembers what the user lets the application have, beside what was let before. */
  consent(userId: string, clientId: string, scopes: readonly string[]): void {
    const key = consentKey({ userId, clientId })
    const before = this.#consents.get(key)?.scopes ?? []
    this.#consents.set(key, { userId, clientId, scopes: [...new Set([...before, ...scopes])] })
  }

  /** Whether the user has let the application have all of these before. */
  hasConsent(userId: string, clientId: string, scopes: readonly string[]): boolean {
    const given = this.#consents.get(consentKey({ userId, clientId }))
    return given !== undefined && scopes.every((scope) => given.scopes.includes(scope))
  }

  /** Makes an authorization code. */
  makeCode({ openId, ...rest }: NewAuthorizationCode): string {
    const code = makeAuthorizationCode(this.#random)
    const expiresAt = this.#now() + AUTHORIZATION_CODE_LIFE
    this.#codes.set(code, { code, expiresAt, ...rest, ...(openId && { openId }) })
    return code
  }

  /** The code, if this application can use it; a used one comes with what it was used for. */
  code(value: string, clientId: string): AuthorizationCodeRecord | undefined {
    const record = this.#codes.get(value)
    return record?.clientId === clientId && record.expiresAt > this.#now() ? record : undefined
  }

  /** Remembers that the code became a grant. */
  useCode(record: AuthorizationCodeRecord, grantId: string): void {
    this.#codes.set(record.code, { ...record, usedFor: grantId })
  }

  /** Begins a device login. */
  startDevice(clientId: string, scopes: readonly string[]): DeviceCodeRecord {
    const record: DeviceCodeRecord = {
      deviceCode: makeDeviceCode(this.#random),
      userCode: makeUserCode(this.#random),
      clientId,
      scopes,
      expiresAt: this.#now() + DEVICE_CODE_SECONDS * 1000,
    }
    this.#devices.set(record.deviceCode, record)
    return record
  }

  /** The device login, if it is this application's and has not expired. Remembers that it was asked after. */
  pollDevice(deviceCode: string, clientId: string): DeviceCodeRecord | undefined {
    const record = this.#devices.get(deviceCode)
    if (record?.clientId !== clientId || record.expiresAt <= this.#now()) return undefined
    this.#devices.set(deviceCode, { ...record, polledAt: this.#now() })
    return record
  }

  /** The device login that waits for a decision under this user code, however it was typed. */
  pendingDevice(userCode: string): DeviceCodeRecord | undefined {
    const typed = userCode.toUpperCase().replace(/[^A-Z]/g, '')
    return [...this.#devices.values()].find(
      (record) =>
        record.userCode === typed && record.decision === undefined && record.expiresAt > this.#now(),
    )
  }

  /** Remembers what the user decided. */
  decideDevice(record: DeviceCodeRecord, decision: NonNullable<DeviceCodeRecord['decision']>): void {
    this.#devices.set(record.deviceCode, { ...record, decision })
  }

  /** A device code is good for one token. */
  dropDevice({ deviceCode }: DeviceCodeRecord): void {
    this.#devices.delete(deviceCode)
  }

  /** All that still means something, as plain data: the newest of each sort, at most this many. */
  snapshot(most: number): LoginsOptions['snapshot'] {
    const live = ({ expiresAt }: { readonly expiresAt: number }): boolean => expiresAt > this.#now()
    return {
      authorizationCodes: [...this.#codes.values()].filter(live).slice(-most),
      deviceCodes: [...this.#devices.values()].filter(live).slice(-most),
      consents: [...this.#consents.values()].slice(-most),
    }
  }
}

function consentKey({ userId, clientId }: Pick<ConsentRecord, 'userId' | 'clientId'>): string {
  return `${userId} ${clientId}`
}
