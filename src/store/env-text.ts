// The text of an env file, line by line, read as the official CLI reads it and written so that it reads it back alike.

/** One line of the file. `key` and `value` are absent on a blank line or a comment. */
export interface EnvLine {
  readonly raw: string
  readonly key?: string
  readonly value?: string
}

/** A file's lines, or the number (from 1) of the first line that is neither a comment nor one `KEY=value`. */
export type EnvText =
  | { readonly kind: 'lines'; readonly lines: readonly EnvLine[] }
  | { readonly kind: 'damaged'; readonly line: number }

/** Finds the value that `$NAME` stands for outside the file. */
export type Lookup = (name: string) => string | undefined

// The official reader gives up, without a word, at a line of 64 KiB; what ends a line on Windows is part of it.
const LONGEST_LINE_BYTES = 65_535

// White space is Go's: no more than these four, within a line.
const BLANK_OR_COMMENT = /^[\t\f\r ]*(#.*)?$/s
const ASSIGNMENT = /^[\t\f\r ]*(?:export[\t\f\r ]+)?([\w.]+)(?:[\t\f\r ]*=[\t\f\r ]*|:[\t\f\r ])(.*)$/s
const VARIABLE = /\\?\$\{?([A-Z0-9_]*)\}?/g

/** Reads a whole file. The last of several lines with one key counts; that is left to the caller, who sees them all. */
export function parseEnvText(text: string, lookup: Lookup): EnvText {
  const lines: EnvLine[] = []
  const known = new Map<string, string>()
  const expand: Lookup = (name) => known.get(name) ?? lookup(name)
  const raws = text.replace(/^\uFEFF/, '').split('\n')
  if (raws.at(-1) === '') raws.pop()
  for (const [index, terminated] of raws.entries()) {
    const line = isTooLong(terminated) ? undefined : parseLine(terminated.replace(/\r$/, ''), expand)
    if (line === undefined) return { kind: 'damaged', line: index + 1 }
    if (line.key !== undefined) known.set(line.key, line.value ?? '')
    lines.push(line)
  }
  return { kind: 'lines', lines }
}

/** The value of each key in upper case; the last line wins, and the case of a key does not matter. */
export function valuesOf(lines: readonly EnvLine[]): Map<string, string> {
  const values = new Map<string, string>()
  for (const { key, value } of lines) if (key !== undefined) values.set(key.toUpperCase(), value ?? '')
  return values
}

/**
 * The file with some keys set to new values, or taken away (undefined). Every other line stays as it is, character for
 * character; a key that was not there comes at the end, in the order of the changes.
 *
 * Returns the key instead when its value can't be written so that the official CLI reads it back.
 */
export function editEnvText(
  lines: readonly EnvLine[],
  changes: ReadonlyMap<string, string | undefined>,
): { readonly text: string } | { readonly unwritable: string } {
  const pending = new Map<string, string>()
  for (const [key, value] of changes) {
    if (value === undefined) continue
    const line = writeLine(key, value)
    if (line === undefined) return { unwritable: key }
    pending.set(key, line)
  }
  const kept: string[] = []
  for (const { raw, key } of lines.toReversed()) {
    const name = key?.toUpperCase()
    if (name === undefined || !changes.has(name)) kept.push(raw)
    else if (pending.has(name)) {
      kept.push(pending.get(name) ?? '')
      pending.delete(name)
    }
  }
  const all = [...kept.toReversed(), ...pending.values()]
  return { text: all.map((line) => `${line}\n`).join('') }
}

function isTooLong(line: string): boolean {
  // A character is three bytes at the most for each unit of it; counting them is for lines where it matters.
  return line.length * 3 > LONGEST_LINE_BYTES && new TextEncoder().encode(line).length > LONGEST_LINE_BYTES
}

function parseLine(raw: string, lookup: Lookup): EnvLine | undefined {
  if (BLANK_OR_COMMENT.test(raw)) return { raw }
  const [, key, rest] = ASSIGNMENT.exec(raw) ?? []
  if (key === undefined || rest === undefined) return undefined
  const value = readValue(cutValue(rest), lookup)
  // The official reader would take further keys out of such a value: whoever wrote it meant no good.
  if (/[\n\r]/.test(value) && value.includes('=')) return undefined
  return { raw, key, value }
}

/** What follows `KEY=`, without the comment behind it: to the last quote that only a comment follows, else to the first `#`. */
function cutValue(rest: string): string {
  const quote = rest[0]
  if (quote === '"' || quote === "'") {
    for (let end = rest.lastIndexOf(quote); end > 0; end = rest.lastIndexOf(quote, end - 1)) {
      if (BLANK_OR_COMMENT.test(rest.slice(end + 1))) return rest.slice(0, end + 1)
    }
  }
  return rest.replace(/#.*$/s, '')
}

/** Takes off the quotes, then the escapes (between double quotes only), then puts in the variables (unless single-quoted). */
function readValue(cut: string, lookup: Lookup): string {
  const doubleQuoted = cut.startsWith('"')
  const singleQuoted = cut.startsWith("'")
  let value = cut.replace(/^ +| +$/g, '').replace(/^['"](.*)['"]$/s, '$1')
  if (doubleQuoted) {
    value = value
      .replaceAll('\\n', '\n')
      .replaceAll('\\r', '\r')
      .replace(/\\([^$])/g, '$1')
  }
  return value.replace(VARIABLE, (match, name: string) => {
    if (match.startsWith('\\')) return match.slice(1)
    return singleQuoted || name === '' ? match : (lookup(name) ?? '')
  })
}

/** `KEY=value` in the first spelling that reads back as the value whatever the environment holds; undefined if none does. */
function writeLine(key: string, value: string): string | undefined {
  const expanded: Lookup = () => '\u0000'
  const spellings = [value, `"${value.replace(/["\\$]/g, '\\$&')}"`, `'${value}'`]
  return spellings
    .map((spelling) => `${key}=${spelling}`)
    .find((line) => !/[\n\r]/.test(line) && !isTooLong(line) && parseLine(line, expanded)?.value === value)
}
