// Numbers and times that flags are given as.

import { Failure } from '../domain/failure.ts'
import { printable } from '../domain/printable.ts'

/**
 * A TCP port; 0 asks for any that is free.
 *
 * @throws Failure `usage`
 */
export function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65_535) return port
  throw new Failure(
    'usage',
    'port_invalid',
    `"${printable(text)}" is not a port: ports are numbers from 1 to 65535.`,
  )
}

const UNITS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 }

/**
 * A length of time in milliseconds: `90s`, `5m`, `1h30m`, or a number of seconds.
 *
 * @throws Failure `usage`
 */
export function parseDuration(flag: string, text: string): number {
  const parts = [...text.matchAll(/(\d{1,7})([smhd]?)/gy)]
  const whole = parts.map(([part]) => part).join('')
  const seconds = parts.reduce((sum, [, number, unit = '']) => sum + Number(number) * (UNITS[unit] ?? 0), 0)
  if (whole === text && seconds > 0 && seconds <= 30 * 86_400) return seconds * 1000
  throw new Failure(
    'usage',
    'time_invalid',
    `${flag} takes a time such as 90s, 5m or 1h, and not "${printable(text)}".`,
  )
}
