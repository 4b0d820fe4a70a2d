// The few colours there are.

import { createColors } from 'picocolors'

/** Paints text, or leaves it as it is. */
export interface Palette {
  red(text: string): string
  yellow(text: string): string
  bold(text: string): string
  dim(text: string): string
}

/** @param enabled whether the terminal shows colours */
export function createPalette(enabled: boolean): Palette {
  return createColors(enabled)
}
