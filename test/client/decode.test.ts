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
})

test('an answer of the revoke endpoint is empty, or an object without a complaint', () => {
  for (const text of ['', '\n', '{}', '{"ok":true}']) expect(decodeRevocation(text).kind).toBe('decoded')
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
