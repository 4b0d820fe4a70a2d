// What may be typed for a server, a profile, a credential or a token, and how strangers' text is printed.

import { describe, expect, test } from 'vitest'
import { parseClientId, parseClientSecret } from '../../src/domain/application.ts'
import { isLoopback, localServer, parseIdentityServer, twitch } from '../../src/domain/identity-server.ts'
import { printable } from '../../src/domain/printable.ts'
import { parseProfileName } from '../../src/domain/profile.ts'
import { parseToken } from '../../src/domain/token.ts'

describe('the URL of an identity server', () => {
  test.each([
    ['https://id.twitch.tv/oauth2', twitch.url],
    ['https://ID.twitch.tv:443/oauth2/', twitch.url],
    ['http://localhost:8080/auth', 'http://localhost:8080/auth'],
    ['http://127.0.0.1:1/oauth2', 'http://127.0.0.1:1/oauth2'],
    ['http://[::1]:1/oauth2', 'http://[::1]:1/oauth2'],
    ['http://mock.localhost/oauth2', localServer.url],
    ['https://identity.example', 'https://identity.example'],
  ])('%s is one', (text, url) => {
    expect(parseIdentityServer(text).url).toBe(url)
  })

  test.each([
    'http://id.twitch.tv/oauth2',
    'http://127.0.0.1.example/oauth2',
    'http://localhost.example/oauth2',
    'http://10.0.0.1/oauth2',
    'ftp://localhost/oauth2',
    'https://user:password@id.twitch.tv/oauth2',
    'https://id.twitch.tv/oauth2?x=1',
    'https://id.twitch.tv/oauth2#x',
    'id.twitch.tv',
    '',
  ])('%s is none', (text) => {
    expect(() => parseIdentityServer(text)).toThrow(
      expect.objectContaining({ kind: 'usage', code: 'auth_url_invalid' }),
    )
  })

  test('a password in it is not repeated by the complaint', () => {
    expect(() => parseIdentityServer('https://user:canary@x/')).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('canary') }),
    )
  })

  test.each([
    ['localhost', true],
    ['LOCALHOST.', true],
    ['a.localhost', true],
    ['127.9.9.9', true],
    ['::1', true],
    ['localhost.example', false],
    ['1270.0.0.1', false],
    ['0.0.0.0', false],
  ])('%s is loopback: %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected)
  })
})

describe('the name of a profile', () => {
  test.each(['default', 'bot', 'Bot-2', 'a.b_c', '0', 'a'.repeat(64)])('%s is one', (name) => {
    expect(parseProfileName(name)).toBe(name)
  })

  test.each([
    '',
    '.',
    '..',
    '../x',
    'a/b',
    'a\\b',
    '-x',
    '.x',
    'a b',
    'a'.repeat(65),
    'con',
    'NUL',
    'com1.txt',
    'x.',
    'tökén',
    'a\n',
  ])('%j is none', (name) => {
    expect(() => parseProfileName(name)).toThrow(
      expect.objectContaining({ kind: 'usage', code: 'profile_name_invalid' }),
    )
  })
})

describe('credentials and tokens that were typed', () => {
  test('are taken without the spaces around them', () => {
    expect(parseClientId(' abc\n')).toBe('abc')
    expect(parseClientSecret('def ').reveal()).toBe('def')
    expect(parseToken('\tghi\r\n').reveal()).toBe('ghi')
  })

  test.each(['', '   ', 'a b', 'a\nb', 'a\u0000', 'ä', '\u001b[31m'])(
    '%j is none, and is not repeated',
    (text) => {
      for (const parse of [parseClientId, parseClientSecret, parseToken]) {
        expect(() => parse(text)).toThrow(expect.objectContaining({ kind: 'usage' }))
      }
    },
  )
})

describe('text from strangers', () => {
  test.each([
    ['\u001b]0;title\u0007hello', ']0;title hello'],
    ['a\r\nb\tc', 'a b c'],
    ['\u202Eevil\u2066', 'evil'],
    ['a\u009b31mb', 'a 31mb'],
    ['zero\u200bwidth', 'zero width'],
  ])('%j is printed as %j', (text, expected) => {
    expect(printable(text)).toBe(expected)
  })

  test('is cut at 500 characters', () => {
    expect(printable('a'.repeat(100_000))).toHaveLength(501)
  })
})
