// The shapes in which Twitch, and what stands in for it, is known to answer; what it should never answer is in test/support/malformed.ts.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decodeDeviceAuthorization,
  decodeRevocation,
  decodeToken,
  decodeTokenInfo,
} from '../../src/client/decode.ts'
import { laidOpen } from '../support/laid-open.ts'
import { START } from '../support/world.ts'

const body = {
  access_token: 'access',
  expires_in: 3600,
  refresh_token: 'refresh',
  scope: ['chat:read'],
  token_type: 'bearer',
}

function token(change: Record<string, unknown>): unknown {
  const decoded = decodeToken(JSON.stringify({ ...body, ...change }), START)
  return decoded.kind === 'decoded' ? laidOpen(decoded.value) : decoded
}

function info(change: Record<string, unknown>): unknown {
  const whole = {
    client_id: 'abc',
    login: 'someone',
    scopes: ['chat:read'],
    user_id: '1234',
    expires_in: 60,
    ...change,
  }
  const decoded = decodeTokenInfo(JSON.stringify(whole), START)
  return decoded.kind === 'decoded' ? laidOpen(decoded.value) : decoded
}

describe('an answer of the token endpoint', () => {
  test('is a grant with a moment of expiry', () => {
    expect(token({})).toEqual({
      accessToken: 'access',
      refreshToken: 'refresh',
      scopes: ['chat:read'],
      expiresAt: new Date('2026-11-23T13:00:00.000Z'),
      obtainedAt: START,
    })
  })

  test.each([
    [
      ['a:b', 'c:d'],
      ['a:b', 'c:d'],
    ],
    ['a:b c:d', ['a:b', 'c:d']],
    [['a:b', 'a:b'], ['a:b']],
    [undefined, []],
    [null, []],
    ['', []],
    [[''], []],
    [[], []],
  ])('may have the scope %j', (scope, expected) => {
    expect(token({ scope })).toMatchObject({ scopes: expected })
  })

  test.each([
    ['3600', '2026-11-23T13:00:00.000Z'],
    [0, '2026-11-23T12:00:00.000Z'],
    ['007', '2026-11-23T12:00:07.000Z'],
  ])('may last %j seconds', (life, expected) => {
    expect(token({ expires_in: life })).toMatchObject({ expiresAt: new Date(expected) })
  })

  test.each([undefined, null, ''])('may have no lifetime and no refresh token: %j', (nothing) => {
    const grant = token({ expires_in: nothing, refresh_token: nothing })
    expect(grant).toEqual({ accessToken: 'access', scopes: ['chat:read'], obtainedAt: START })
  })

  test.each(['Bearer', 'BEARER', 'bearer'])('may spell its type %s', (type) => {
    expect(token({ token_type: type })).toMatchObject({ accessToken: 'access' })
  })

  test('may have members that nobody knows, and a long token', () => {
    expect(token({ id_token: {}, access_token: 'a'.repeat(16 * 1024) })).toMatchObject({
      accessToken: 'a'.repeat(16 * 1024),
    })
  })

  test('may begin with a byte order mark', () => {
    expect(decodeToken(`\uFEFF${JSON.stringify(body)}`, START).kind).toBe('decoded')
  })

  test.each<[change: Record<string, unknown>, detail: string]>([
    [{ token_type: 'mac' }, 'a token_type other than bearer'],
    [{ token_type: undefined }, 'a token_type other than bearer'],
    [{ token_type: 7 }, 'a token_type other than bearer'],
    [{ access_token: undefined }, 'no access_token'],
    [{ access_token: '' }, 'no access_token'],
    [{ access_token: 7 }, 'no access_token'],
    [{ access_token: 'a'.repeat(32_769) }, 'an access_token of more than 32768 characters'],
    [{ access_token: 'a b' }, 'an access_token with characters that no token has'],
    [{ access_token: 'a\nb' }, 'an access_token with characters that no token has'],
    [{ access_token: 'ü' }, 'an access_token with characters that no token has'],
    [{ refresh_token: 7 }, 'no refresh_token'],
    [{ refresh_token: 'a b' }, 'a refresh_token with characters that no token has'],
    [{ scope: { 0: 'chat:read' } }, 'a scope that is not a list of scopes'],
    [{ scope: 7 }, 'a scope that is not a list of scopes'],
    [{ scope: ['chat:read', 7] }, 'a scope that is not a list of scopes'],
    [{ scope: [null] }, 'a scope that is not a list of scopes'],
    [{ scope: ['a b'] }, 'a scope that is not a list of scopes'],
    [{ scope: ['"a'] }, 'a scope that is not a list of scopes'],
    [{ scope: ['a"'] }, 'a scope that is not a list of scopes'],
    [{ scope: ['a'.repeat(201)] }, 'a scope that is not a list of scopes'],
    ...['x', '1.5', '-1', '1 ', ' 1', '1x', 'x1', '1'.repeat(13), -1, 1.5, {}, [], true, 316_224_001].map(
      (life): [Record<string, unknown>, string] => [
        { expires_in: life },
        'an expires_in that is not a number of seconds',
      ],
    ),
  ])('is not used with %j', (change, detail) => {
    expect(token(change)).toEqual({ kind: 'unreadable', detail })
  })

  test('may have members as large as they can be', () => {
    const largest = { access_token: 'a'.repeat(32_768), scope: ['a'.repeat(200)], expires_in: 316_224_000 }
    expect(token(largest)).toMatchObject({ accessToken: largest.access_token, scopes: largest.scope })
  })
})

describe('an answer of the validate endpoint', () => {
  test('is a user token', () => {
    expect(info({})).toEqual({
      clientId: 'abc',
      scopes: ['chat:read'],
      user: { id: '1234', login: 'someone' },
      expiresAt: new Date('2026-11-23T12:01:00.000Z'),
    })
  })

  test.each([undefined, null])('is an app token when user and login are %j', (nothing) => {
    expect(info({ user_id: nothing, login: nothing, scopes: nothing })).toEqual({
      clientId: 'abc',
      scopes: [],
      expiresAt: new Date('2026-11-23T12:01:00.000Z'),
    })
  })

  test('says 0 of a token that never expires', () => {
    expect(info({ expires_in: 0 })).not.toHaveProperty('expiresAt')
  })

  test('may name a user without a login', () => {
    expect(info({ login: undefined })).toMatchObject({ user: { id: '1234', login: '' } })
  })

  test.each([
    [{ client_id: undefined }, 'no client_id'],
    [{ client_id: '' }, 'no client_id'],
    [{ client_id: 7 }, 'no client_id'],
    [{ client_id: 'a'.repeat(501) }, "a client_id with characters that it can't have"],
    [{ client_id: 'a\u001b[31m' }, "a client_id with characters that it can't have"],
    [{ user_id: 7 }, 'no user_id'],
    [{ login: 7 }, 'no login'],
    [{ login: 'a\nb' }, "a login with characters that it can't have"],
    [{ scopes: 'a\nb' }, 'a scopes that is not a list of scopes'],
    [{ expires_in: undefined }, 'an expires_in that is not a number of seconds'],
  ])('is not used with %j', (change, detail) => {
    expect(info(change)).toEqual({ kind: 'unreadable', detail })
  })

  test('may have a name of 500 characters', () => {
    expect(info({ client_id: 'a'.repeat(500) })).toMatchObject({ clientId: 'a'.repeat(500) })
  })
})

describe('an answer of the revoke endpoint', () => {
  test.each(['', '\n', '{}', '{"ok":true}', '{"error":null}'])('may be %j', (text) => {
    expect(decodeRevocation(text)).toEqual({ kind: 'decoded', value: undefined })
  })

  test.each([
    ['{"status":400}', 'a status in an answer that should be empty'],
    ['{"message":"no"}', 'a message in an answer that should be empty'],
    ['{"error":"no"}', 'an error in an answer that should be empty'],
    ['<html>', 'a web page: is there a proxy or a login portal in between?'],
    ['gone', 'something that is not a JSON object'],
  ])('is not believed when it is %j', (text, detail) => {
    expect(decodeRevocation(text)).toEqual({ kind: 'unreadable', detail })
  })
})

test('no decoder throws, whatever the text, and none finds a token where there is no token', () => {
  const value = fc.oneof(
    { weight: 3, arbitrary: fc.json() },
    fc.string({ unit: 'binary' }),
    fc.constant('{"access_token":'),
  )
  fc.assert(
    fc.property(value, (text) => {
      for (const decode of [decodeToken, decodeTokenInfo]) expect(decode(text, START).kind).toBe('unreadable')
      for (const decode of [decodeDeviceAuthorization]) expect(decode(text).kind).toBe('unreadable')
      expect(['decoded', 'unreadable']).toContain(decodeRevocation(text).kind)
    }),
    { numRuns: 5_000 },
  )
})
