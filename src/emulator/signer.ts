// Signs ID tokens, with a key that is made when it is first needed.

import { type JWK, SignJWT, exportJWK, generateKeyPair, importJWK } from 'jose'

const ALGORITHM = 'RS256'
/** Twitch's has been `1` for years. */
const KEY_ID = '1'

/** The claims of an ID token. */
export type Claims = Readonly<Record<string, unknown>>

/** Signs for one server. */
export class Signer {
  #key: JWK | undefined

  constructor(key: JWK | undefined) {
    this.#key = key
  }

  /** An ID token with these claims. */
  async sign(claims: Claims): Promise<string> {
    const key = await importJWK(await this.#privateKey(), ALGORITHM)
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', kid: KEY_ID })
      .sign(key)
  }

  /** The public half, as `/keys` shows it. */
  async publicKey(): Promise<JWK> {
    const { kty, n, e } = await this.#privateKey()
    return { alg: ALGORITHM, e: e ?? '', kid: KEY_ID, kty: kty ?? '', n: n ?? '', use: 'sig' }
  }

  /** The private half, if one has been made. */
  get key(): JWK | undefined {
    return this.#key
  }

  async #privateKey(): Promise<JWK> {
    if (this.#key === undefined) {
      const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true })
      this.#key = await exportJWK(privateKey)
    }
    return this.#key
  }
}
