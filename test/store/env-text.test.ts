// The env file's text: the official CLI's fourteen quirks, and what is written reads back.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { editEnvText, parseEnvText, valuesOf } from '../../src/store/env-text.ts'

const environment: Readonly<Record<string, string>> = { HOME: '/home/someone' }

function read(text: string): Record<string, string> | string {
  const parsed = parseEnvText(text, (name) => environment[name])
  return parsed.kind === 'damaged' ? `line ${parsed.line}` : Object.fromEntries(valuesOf(parsed.lines))
}

function write(text: string, changes: Record<string, string | undefined>): string | undefined {
  const parsed = parseEnvText(text, () => undefined)
  if (parsed.kind === 'damaged') throw new Error('The test began with a damaged text')
  const edited = editEnvText(parsed.lines, new Map(Object.entries(changes)))
  return 'text' in edited ? edited.text : undefined
}

describe('reading as the official CLI reads', () => {
  test.each([
    ['keys in any order, without a last newline', 'B=2\nA=1', { B: '2', A: '1' }],
    ['a # begins a comment, even inside a bare value', 'A=a#b', { A: 'a' }],
    ['$NAME stands for the environment', 'A=$HOME', { A: '/home/someone' }],
    ['${NAME} does too, and an unknown one is empty', 'A=${HOME}/${NOPE}x', { A: '/home/someone/x' }],
    ['quotes are taken off', 'A="a b"\nB=\'c d\'', { A: 'a b', B: 'c d' }],
    ['spaces around a value are trimmed', 'A=  a b  ', { A: 'a b' }],
    ['\\n is two characters in a bare value', 'A=a\\nb', { A: 'a\\nb' }],
    ['\\n is a newline between double quotes', 'A="a\\nb"', { A: 'a\nb' }],
    ['a second = belongs to the value', 'A=a=b', { A: 'a=b' }],
    ['lines may end as on Windows', 'A=1\r\nB=2\r\n', { A: '1', B: '2' }],
    ['a byte order mark is let by', '\uFEFFA=1\n', { A: '1' }],
    ['export before a key is let by', 'export A=1', { A: '1' }],
    ['the last of several lines counts', 'A=1\nA=2', { A: '2' }],
    ['one line of garbage spoils the file', 'A=1\nthis is nothing\nB=2', 'line 2'],
  ])('%s', (_quirk, text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test.each([
    [
      'scopes in brackets',
      'TOKENSCOPES=[chat:read user:read:email]',
      { TOKENSCOPES: '[chat:read user:read:email]' },
    ],
    ['a key in lower case', 'clientid=abc', { CLIENTID: 'abc' }],
    ['an empty value', 'A=\nB=', { A: '', B: '' }],
    ['comments and blank lines', '# hello\n\n  # there\nA=1 # one', { A: '1' }],
    ['a quoted #', 'A="a#b" # comment', { A: 'a#b' }],
    ['the last quote counts', 'A="a" # "b"', { A: 'a" # "b' }],
    ['escapes between double quotes', 'A="a\\"b\\\\c\\$HOME"', { A: 'a"b\\c$HOME' }],
    ['no variables between single quotes', "A='$HOME'", { A: '$HOME' }],
    ['an escaped $', 'A=\\$HOME', { A: '$HOME' }],
    ['a variable of the file itself', 'A=1\nB=${A}2', { B: '12', A: '1' }],
    ['a colon and a space, as in YAML', 'A: 1', { A: '1' }],
    ['a lone $ and a small name', 'A=$ $home', { A: '$ $home' }],
    ['export of a name alone', 'A=1\nexport A', 'line 2'],
    ['a line without =', 'A', 'line 1'],
    ['a value that would bring a key of its own', 'A="x\\nCLIENTSECRET=evil"', 'line 1'],
    ['a line too long for the official CLI', `A=${'a'.repeat(65_536)}`, 'line 1'],
  ])('%s', (_quirk, text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'AB=:#"\'\\$ {}\n\r\t.exportna') }), (text) => {
        read(text)
      }),
      { numRuns: 20_000 },
    )
  })
})

describe('writing so that it reads back', () => {
  test('a value is written bare where that is enough', () => {
    expect(write('', { A: 'abc', TOKENSCOPES: '[a:b c:d]' })).toBe('A=abc\nTOKENSCOPES=[a:b c:d]\n')
  })

  test('a value with a special meaning is quoted', () => {
    expect(write('', { A: 'a#b', B: '$HOME', C: '"q"', D: 'x\\ny#' })).toBe(
      'A="a#b"\nB="\\$HOME"\nC="\\"q\\""\nD=\'x\\ny#\'\n',
    )
  })

  test('every value of visible characters reads back, in any environment, or is refused', () => {
    const visible = fc.string({
      unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
      maxLength: 60,
    })
    fc.assert(
      fc.property(visible, (value) => {
        const text = write('', { A: value })
        if (text === undefined) return
        for (const found of ['', 'surprise']) {
          const parsed = parseEnvText(text, () => found)
          expect(parsed.kind === 'lines' && valuesOf(parsed.lines).get('A')).toBe(value)
        }
      }),
      { numRuns: 20_000 },
    )
  })

  test('a value with a newline is refused: it could bring a key of its own', () => {
    expect(write('', { A: 'x\nCLIENTSECRET=evil' })).toBeUndefined()
  })

  test('lines that are not changed stay as they are, character for character', () => {
    const text = '# mine\n  export LASTUPDATECHECK = "20260101"  # date\n\nCLIENTID=old\nodd: $HOME\n'
    expect(write(text, { CLIENTID: 'new', USERID: '1' })).toBe(
      '# mine\n  export LASTUPDATECHECK = "20260101"  # date\n\nCLIENTID=new\nodd: $HOME\nUSERID=1\n',
    )
  })

  test('a key that stood twice stands once after a change, and not at all after it is taken away', () => {
    expect(write('A=1\nB=2\nA=3\n', { A: '4' })).toBe('B=2\nA=4\n')
    expect(write('A=1\nB=2\nA=3\n', { A: undefined })).toBe('B=2\n')
  })
})
