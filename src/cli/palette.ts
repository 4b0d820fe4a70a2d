// The few colours there are. The libraries for it look at `process.stdout` when they are loaded, which costs more than a
// stored token takes to print.

/** Paints text, or leaves it as it is. */
export interface Palette {
  red(text: string): string
  yellow(text: string): string
  bold(text: string): string
  dim(text: string): string
}

/** What turns each on and off again. ECMA-48, section 8.3.117 */
const CODES = { red: [31, 39], yellow: [33, 39], bold: [1, 22], dim: [2, 22] } as const

/** @param isEnabled whether the terminal shows colours; asked when the first text is painted, since finding out takes time */
export function createPalette(isEnabled: () => boolean): Palette {
  let enabled: boolean | undefined
  const painter =
    ([on, off]: readonly [number, number]) =>
    (text: string): string => {
      enabled ??= isEnabled()
      return enabled ? `\u001b[${on}m${text}\u001b[${off}m` : text
    }
  return {
    red: painter(CODES.red),
    yellow: painter(CODES.yellow),
    bold: painter(CODES.bold),
    dim: painter(CODES.dim),
  }
}
