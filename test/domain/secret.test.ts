// A secret shows itself to nobody who does not ask for it by name.

import { inspect } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Secret } from '../../src/domain/secret.ts'

const secret = new Secret('a canary: very secret')

test('a secret is not printed, serialised, inspected, joined or enumerated', () => {
  const appearances = [
    String(secret),
    `${secret}`,
    ['x', secret].join(' '),
    JSON.stringify({ secret }),
    inspect(secret),
    inspect({ deep: { er: [secret] } }, { depth: 9, showHidden: true }),
    Object.entries(secret).join(' '),
    JSON.stringify(new Error('x', { cause: secret }).cause),
  ]
  for (const appearance of appearances) expect(appearance).not.toContain('canary')
  expect(inspect({ secret })).toBe('{ secret: [secret] }')
})

test('a secret is revealed to who asks', () => {
  expect(secret.reveal()).toBe('a canary: very secret')
})

test('the mask of a secret shows its last four characters, and nothing of a short one', () => {
  expect(new Secret('0123456789abcdef').masked()).toBe('…cdef')
  expect(new Secret('01234567890').masked()).toBe('…')
})

test('secrets are compared by value', () => {
  expect(secret.equals(new Secret('a canary: very secret'))).toBe(true)
  expect(secret.equals(new Secret('a canary: very secreT'))).toBe(false)
  expect(secret.equals(new Secret('a canary'))).toBe(false)
  expect(secret.equals(undefined)).toBe(false)
})

test('a secret is taken out of a text, however a URL or a form spells it', () => {
  const text = 'a canary: very secret, a%20canary%3A%20very%20secret, a+canary%3A+very+secret'
  expect(secret.redact(text)).toBe('[secret], [secret], [secret]')
  expect(new Secret('a').redact('abba')).toBe('abba')
})

test('a text without a secret in it is left alone, and one with it has it nowhere, whatever they are', () => {
  const value = fc.oneof(
    fc.string({ minLength: 4, maxLength: 40 }),
    fc.string({ unit: 'binary', minLength: 4, maxLength: 20 }),
  )
  const text = fc.string({ unit: 'binary', maxLength: 30 })
  fc.assert(
    fc.property(value, text, text, (hidden, before, after) => {
      // What would put a credential together again out of what is left of it: not one of ours.
      fc.pre(!'[secret]'.includes(hidden) && Buffer.from(hidden).toString() === hidden)
      const redacted = new Secret(hidden).redact(`${before}${hidden}${after}`)
      expect(redacted).toContain('[secret]')
      if (!`${before}[secret]${after}`.includes(hidden)) expect(redacted).not.toContain(hidden)
      if (!before.includes(hidden)) expect(new Secret(`${hidden}!`).redact(before)).toBe(before)
    }),
    { numRuns: 500 },
  )
})

test('what is shown of a secret is its end at the most', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (value) => {
      const shown = new Secret(value)
      expect(shown.masked().length).toBeLessThanOrEqual(5)
      expect(shown.fingerprint().length).toBeLessThanOrEqual(8)
      for (const appearance of [
        String(shown),
        JSON.stringify([shown]),
        inspect([shown], { showHidden: true, depth: 9 }),
      ])
        expect(appearance).toMatch(/^(\[secret\]|\["\[secret\]"\]|\[ \[secret\], \[length\]: 1 \])$/)
    }),
    { numRuns: 300 },
  )
})

test('twelve characters are the fewest of which four are shown', () => {
  expect(new Secret('abcdefghijk').masked()).toBe('…')
  expect(new Secret('abcdefghijkl').masked()).toBe('…ijkl')
})
