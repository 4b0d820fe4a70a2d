// Secrets laid open, so that what is kept can be compared.

import { Secret } from '../../src/domain/secret.ts'

/** The value with every secret in it as a string, and without members that are undefined. */
export function laidOpen(value: unknown): unknown {
  if (value instanceof Secret) return value.reveal()
  if (value instanceof Date || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(laidOpen)
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      member === undefined ? [] : [[name, laidOpen(member)]],
    ),
  )
}
