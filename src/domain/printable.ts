// Text from strangers, made fit for a terminal and for one line.

// C0 and C1 controls, DEL, and the marks that reorder or hide text (bidirectional, zero-width, separators).
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g
const LONGEST = 500

/** The text on one line, without control sequences, at most 500 characters long. */
export function printable(text: string): string {
  const line = text.replace(UNPRINTABLE, ' ').trim()
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
}

/** Whether the text is one or more of the visible ASCII characters and spaces that RFC 6749, appendix A, calls VSCHAR. */
export function isVisibleAscii(text: string): boolean {
  return /^[\x20-\x7e]+$/.test(text)
}
