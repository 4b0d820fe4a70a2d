// Moments in the official CLI's spellings. Numbers are padded by hand: `Intl` costs 12 ms at its first use.

/** `2023/08/23 13:19:08`, local time: the stamp before a line of the official CLI. */
export function stamp(now: Date): string {
  const day = [now.getFullYear(), pad(now.getMonth() + 1), pad(now.getDate())].join('/')
  return `${day} ${[now.getHours(), now.getMinutes(), now.getSeconds()].map(pad).join(':')}`
}

/** `2023-08-23 22:06:47.036 +0000 UTC`: as Go prints a time. */
export function goTime(date: Date): string {
  return `${date
    .toISOString()
    .replace('T', ' ')
    .replace(/\.?0*Z$/, '')} +0000 UTC`
}

/** `Tue, 26 Jan 2027 12:01:34 UTC`. RFC 1123. */
export function rfc1123(date: Date): string {
  return date.toUTCString().replace('GMT', 'UTC')
}

/** Whole seconds from one moment to another, none if it is past. */
export function secondsUntil(date: Date, now: Date): number {
  return Math.max(0, Math.round((date.getTime() - now.getTime()) / 1000))
}

/** The end of a token's life as documents have it. */
export function expiryMembers(expiresAt: Date | undefined, now: Date): Record<string, unknown> {
  return {
    expires_in: expiresAt === undefined ? null : secondsUntil(expiresAt, now),
    expires_at: expiresAt?.toISOString() ?? null,
    expires_at_epoch: expiresAt === undefined ? null : Math.floor(expiresAt.getTime() / 1000),
  }
}

function pad(number: number): string {
  return String(number).padStart(2, '0')
}
