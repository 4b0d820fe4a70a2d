// Values that Twitch makes up: tokens and codes of its lengths and alphabets, marked as not real, and lifetimes as it gives them.

const LOWER_ALPHANUMERIC = 'abcdefghijklmnopqrstuvwxyz0123456789'
const ALPHANUMERIC = `${LOWER_ALPHANUMERIC}ABCDEFGHIJKLMNOPQRSTUVWXYZ`
const CONSONANTS = 'BCDFGHJKLMNPQRSTVWXZ'
const MARK = 'mock'

/** Bytes fit for secrets. */
export type RandomBytes = (count: number) => Uint8Array

/** 30 lower-case letters and digits. */
export function makeAccessToken(random: RandomBytes): string {
  return MARK + text(random, 26, LOWER_ALPHANUMERIC)
}

/** 50 lower-case letters and digits. */
export function makeRefreshToken(random: RandomBytes): string {
  return MARK + text(random, 46, LOWER_ALPHANUMERIC)
}

/** 30 lower-case letters and digits. */
export function makeAuthorizationCode(random: RandomBytes): string {
  return MARK + text(random, 26, LOWER_ALPHANUMERIC)
}

/** 40 letters and digits. */
export function makeDeviceCode(random: RandomBytes): string {
  return MARK + text(random, 36, ALPHANUMERIC)
}

/** 8 consonants, for a person to type. */
export function makeUserCode(random: RandomBytes): string {
  return text(random, 8, CONSONANTS)
}

/** Names a grant inside the server; never sent. */
export function makeGrantId(random: RandomBytes): string {
  return text(random, 16, LOWER_ALPHANUMERIC)
}

/** Seconds: about four hours, never the same twice. */
export function userTokenLife(random: RandomBytes): number {
  return 13_000 + below(random, 2_700)
}

/** Seconds: about sixty days. */
export function appTokenLife(random: RandomBytes): number {
  return 4_700_000 + below(random, 970_000)
}

function text(random: RandomBytes, length: number, alphabet: string): string {
  let result = ''
  while (result.length < length) {
    for (const byte of random(length)) {
      // The bytes that would make the first letters likelier are left out.
      if (byte < 256 - (256 % alphabet.length) && result.length < length)
        result += alphabet[byte % alphabet.length]
    }
  }
  return result
}

function below(random: RandomBytes, limit: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = random(4)
  return (((a << 24) | (b << 16) | (c << 8) | d) >>> 0) % limit
}
