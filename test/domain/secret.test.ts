// A secret shows itself to nobody who does not ask for it by name.

import { inspect } from 'node:util'
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
