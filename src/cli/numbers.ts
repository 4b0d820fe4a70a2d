// Numbers that flags are given as.

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
