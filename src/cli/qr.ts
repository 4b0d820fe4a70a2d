// QR codes, where a terminal can show them.

import type { Terminal, World } from '../domain/ports.ts'
import type { DrawQr } from './narrate-flow.ts'

/** How a QR code is drawn at this terminal; undefined where it would be no more than clutter. */
export async function qrPen(
  terminal: Terminal,
  environment: World['environment'],
): Promise<DrawQr | undefined> {
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || ''
  if (!terminal.visible || environment['TERM'] === 'dumb' || !/utf-?8/i.test(locale)) return undefined
  const { renderUnicodeCompact } = await import('uqr')
  return (address) => {
    const lines = renderUnicodeCompact(address, { border: 2 }).split('\n')
    if ((lines[0] ?? '').length > terminal.columns) return ''
    // Light modules are drawn, so what is behind them has to be dark; said outright, for terminals with a light background.
    return terminal.color ? lines.map((line) => `\u001b[97;40m${line}\u001b[0m`).join('\n') : lines.join('\n')
  }
}
