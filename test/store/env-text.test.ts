// The env file's text: the official CLI's fourteen quirks, and what is written reads back.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ENVIRONMENT, furtherTexts, officialQuirks } from './official-texts.ts'
import { editEnvText, parseEnvText, valuesOf } from '../../src/store/env-text.ts'

function read(text: string): Record<string, string> | string {
  const parsed = parseEnvText(text, (name) => ENVIRONMENT[name])
  return parsed.kind === 'damaged' ? `line ${parsed.line}` : Object.fromEntries(valuesOf(parsed.lines))
}

function write(text: string, changes: Record<string, string | undefined>): string | undefined {
  const parsed = parseEnvText(text, () => undefined)
  if (parsed.kind === 'damaged') throw new Error('The test began with a damaged text')
  const edited = editEnvText(parsed.lines, new Map(Object.entries(changes)))
  return 'text' in edited ? edited.text : undefined
}

describe('reading as the official CLI reads', () => {
  test.each(officialQuirks)('%s', (_quirk, text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test.each(furtherTexts)('%s', (_quirk, text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test.each([
    ['A=1\r\nB=2\r\n', { A: '1', B: '2' }],
    ['A=a\rb\n', { A: 'a\rb' }],
    ['\uFEFFA=\uFEFF1\n', { A: '\uFEFF1' }],
    ['A="x\\ry"\n', { A: 'x\ry' }],
    ['A="x" # "y"\n', { A: 'x" # "y' }],
    ['A="x" y" # z\n', { A: 'x" y' }],
    ['A=  x  \n', { A: 'x' }],
    ['A=x"y"\n', { A: 'x"y"' }],
    ['A="x"y\n', { A: '"x"y' }],
    ['a=1\nA=2\n', { A: '2' }],
    ["A='x#y'\n", { A: 'x#y' }],
    ['A=x#y#z\n', { A: 'x' }],
    ['A=x#yx\n', { A: 'x' }],
    ['A=x\\ny"\n', { A: 'x\\ny"' }],
    ["A=$B'\n", { A: "'" }],
    ['B=$A\nA=1\nC=$A\n', { A: '1', B: 'of the environment', C: '1' }],
  ])('%j', (text, expected) => {
    const parsed = parseEnvText(text, (name) => (name === 'A' ? 'of the environment' : undefined))
    expect(parsed.kind === 'lines' && Object.fromEntries(valuesOf(parsed.lines))).toEqual(expected)
  })

  test.each([
    [65_535, 'x', true],
    [65_536, 'x', false],
    [21_846, '€', true],
    [21_847, '€', false],
  ])('a line of %d times "%s" may be there: %s', (count, character, may) => {
    const parsed = parseEnvText(`A=${character.repeat(count - 2)}\n`, () => undefined)
    expect(parsed.kind).toBe(may ? 'lines' : 'damaged')
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
    for (const value of ['x\nCLIENTSECRET=evil', 'x\ny', 'x\ry', 'x'.repeat(65_536)])
      expect(write('', { A: value })).toBeUndefined()
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
