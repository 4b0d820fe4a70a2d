// Text from strangers, and URLs and tokens that were typed: whatever they are, what comes of them is harmless, or a failure that is.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Failure } from '../../src/domain/failure.ts'
import { isLoopback, parseIdentityServer } from '../../src/domain/identity-server.ts'
import { printable } from '../../src/domain/printable.ts'
import { parseToken } from '../../src/domain/token.ts'

const HARMFUL = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({
    unit: fc.constantFrom(
      '\u001b',
      '[',
      '3',
      '1',
      'm',
      ']',
      '0',
      ';',
      '\u0007',
      '\u009b',
      '\r',
      '\u202e',
      'a',
    ),
    maxLength: 30,
  }),
  fc.nat({ max: 5_000 }).map((length) => 'x'.repeat(length)),
)

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    expect(error).toBeInstanceOf(Failure)
    const { message, hint = '' } = error as Failure
    expect(message + hint).not.toMatch(HARMFUL)
    return undefined
  }
}

test('what is printed is one line of at most 501 characters, with no control in it, and stays as it is when printed again', () => {
  fc.assert(
    fc.property(text, (given) => {
      const printed = printable(given)
      expect(printed).not.toMatch(HARMFUL)
      expect(printed.length).toBeLessThanOrEqual(501)
      if (printed.length <= 500) expect(printable(printed)).toBe(printed)
    }),
    { numRuns: 2_000 },
  )
})

test('no text makes an identity server that is plain http beyond this machine, or has a password in it', () => {
  const url = fc
    .tuple(
      fc.constantFrom('http', 'https', 'HTTP', 'ftp', 'javascript', 'file'),
      fc.constantFrom('://', ':', ':/', ':\\\\', '://u:p@', '://localhost@', '://localhost#@'),
      fc.oneof(
        fc.domain(),
        fc.ipV4(),
        fc.ipV6().map((address) => `[${address}]`),
        fc.constantFrom(
          'localhost',
          'LOCALHOST.',
          'a.localhost',
          'localhost.evil',
          '127.1',
          '0x7f.1',
          '2130706433',
          '127.0.0.1.evil',
          '[::ffff:7f00:1]',
          '0',
          'ⓛocalhost',
        ),
      ),
      fc.constantFrom('', '/', '/oauth2', '/oauth2//', '?x', '#x', ':99999', ':8080/x', '\\x', '/\u0000'),
    )
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(fc.oneof({ weight: 5, arbitrary: url }, text), (given) => {
      const server = attempt(() => parseIdentityServer(given))
      if (server === undefined) return
      const parsed = new URL(server.url)
      expect(['http:', 'https:']).toContain(parsed.protocol)
      if (parsed.protocol === 'http:') expect(isLoopback(parsed.hostname)).toBe(true)
      expect(parsed.username + parsed.password + parsed.search + parsed.hash).toBe('')
      expect(server.url).not.toMatch(/\/$/)
      expect(parseIdentityServer(server.url)).toEqual(server)
    }),
    { numRuns: 2_000 },
  )
})

test('a token that was typed is visible characters, or a failure that does not repeat it', () => {
  fc.assert(
    fc.property(text, (given) => {
      const token = attempt(() => parseToken(given))
      if (token !== undefined) expect(token.reveal()).toMatch(/^[!-~]+$/)
    }),
    { numRuns: 1_000 },
  )
})
