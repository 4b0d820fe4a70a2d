// How much of a deep test is run: all of it, or a tenth where TORTURE=short asks for less.

/** So many of the full number. */
export function extent(full: number): number {
  return process.env['TORTURE'] === 'short' ? Math.ceil(full / 10) : full
}
