// What the keys of the env file mean.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { localServer, twitch } from '../../src/domain/identity-server.ts'
import { type Profile, emptyProfile } from '../../src/domain/profile.ts'
import { Secret } from '../../src/domain/secret.ts'
import { laidOpen } from '../support/laid-open.ts'
import { changesToHold, decodeProfile } from '../../src/store/env-profile.ts'

function decode(values: Record<string, string>): Profile {
  const decoded = decodeProfile(new Map(Object.entries(values)))
  if (decoded.kind === 'damaged') throw new Error(`damaged: ${decoded.key}`)
  return decoded.profile
}

function encode(profile: Profile): Record<string, string | undefined> {
  return Object.fromEntries(changesToHold(new Map(), emptyProfile, profile))
}

const user = {
  access: {
    accessToken: new Secret('useraccess'),
    expiresAt: new Date('2026-11-23T18:20:56.605Z'),
    obtainedAt: undefined,
  },
  refreshToken: new Secret('userrefresh'),
  scopes: ['chat:read', 'user:read:email'],
  user: { id: '1234', login: 'someone' },
}
const app = {
  accessToken: new Secret('appaccess'),
  expiresAt: new Date('2027-01-20T14:28:47.537Z'),
  obtainedAt: undefined,
}

describe('files of the official CLI', () => {
  test('its app token is an app token', () => {
    const profile = decode({
      ACCESSTOKEN: 'appaccesstoken0123456789abcdef',
      REFRESHTOKEN: '',
      TOKENSCOPES: '[]',
      TOKENEXPIRATION: '2027-01-20T14:28:47.53712791Z',
      CLIENTID: 'abc',
      CLIENTSECRET: 'def',
    })
    expect(laidOpen(profile)).toEqual({
      application: { type: 'confidential', clientId: 'abc', clientSecret: 'def' },
      server: twitch,
      app: { accessToken: 'appaccesstoken0123456789abcdef', expiresAt: new Date('2027-01-20T14:28:47.537Z') },
    })
  })

  test('its user token is a user token', () => {
    const { user: session, app: none } = decode({
      ACCESSTOKEN: 'a',
      REFRESHTOKEN: 'r',
      TOKENSCOPES: '[user:read:email chat:read]',
      TOKENEXPIRATION: '2026-11-23T20:20:56.605792237+02:00',
    })
    expect(none).toBeUndefined()
    expect(session?.scopes).toEqual(['user:read:email', 'chat:read'])
    expect(session?.access?.expiresAt).toEqual(new Date('2026-11-23T18:20:56.605Z'))
  })

  test('an app token that it put over our user token is seen for what it is', () => {
    const profile = decode({
      ACCESSTOKEN: 'new',
      REFRESHTOKEN: '',
      TOKENSCOPES: '[]',
      TOKENEXPIRATION: '2027-02-01T00:00:00Z',
      APPACCESSTOKEN: 'old',
      APPTOKENEXPIRATION: '2027-01-01T00:00:00Z',
      USERID: '1',
      USERLOGIN: 'x',
    })
    expect(profile.user).toBeUndefined()
    expect(profile.app?.accessToken.reveal()).toBe('new')
  })

  test('its user token may have come without a refresh token', () => {
    const { user: session, app: none } = decode({ ACCESSTOKEN: 'a', TOKENSCOPES: '[chat:read]' })
    expect(none).toBeUndefined()
    expect(laidOpen(session)).toEqual({ access: { accessToken: 'a' }, scopes: ['chat:read'] })
  })

  test.each([
    ['2027-01-01T00:00:00Z', '2027-01-02T00:00:00Z', 'ours'],
    ['2027-01-02T00:00:00Z', '2027-01-01T00:00:00Z', 'theirs'],
    ['2027-01-01T00:00:00Z', '2027-01-01T00:00:00Z', 'ours'],
    ['2027-01-01T00:00:00Z', '', 'theirs'],
    ['', '2027-01-01T00:00:00Z', 'ours'],
    ['', '', 'ours'],
    ['no date', 'no date', 'ours'],
  ])('of its app token, good until "%s", and ours, good until "%s", it is %s', (theirs, ours, winner) => {
    const { app: kept } = decode({
      ACCESSTOKEN: 'theirs',
      TOKENEXPIRATION: theirs,
      APPACCESSTOKEN: 'ours',
      APPTOKENEXPIRATION: ours,
    })
    expect(kept?.accessToken.reveal()).toBe(winner)
  })

  test('a file without a secret is that of a public application, and so is one that says so', () => {
    const application = { type: 'public', clientId: 'abc' }
    expect(decode({ CLIENTID: 'abc' }).application).toEqual(application)
    expect(decode({ CLIENTID: 'abc', CLIENTSECRET: 'x', CLIENTTYPE: 'public' }).application).toEqual(
      application,
    )
    expect(decode({ CLIENTID: 'abc', CLIENTSECRET: 'x', CLIENTTYPE: 'other' }).application?.type).toBe(
      'confidential',
    )
    expect(decode({ CLIENTSECRET: 'x' }).application).toBeUndefined()
  })

  test('a user without a login has an empty one', () => {
    expect(decode({ ACCESSTOKEN: 'a', REFRESHTOKEN: 'r', USERID: '1' }).user?.user).toEqual({
      id: '1',
      login: '',
    })
  })

  test.each([
    ['ACCESSTOKEN', 'a\nCLIENTSECRET=evil'],
    ['CLIENTID', 'a\u001b[31m'],
    ['AUTHURL', 'ftp://somewhere'],
  ])('a value that %s can not have is named', (key, value) => {
    expect(decodeProfile(new Map([[key, value]]))).toEqual({ kind: 'damaged', key })
  })
})

describe('what is kept', () => {
  test('a user token is in the slot of the official CLI, the app token in ours', () => {
    const application = { type: 'confidential', clientId: 'abc', clientSecret: new Secret('def') } as const
    expect(encode({ application, server: twitch, user, app })).toEqual({
      ACCESSTOKEN: 'useraccess',
      APPACCESSTOKEN: 'appaccess',
      APPTOKENEXPIRATION: '2027-01-20T14:28:47.537Z',
      CLIENTID: 'abc',
      CLIENTSECRET: 'def',
      REFRESHTOKEN: 'userrefresh',
      TOKENEXPIRATION: '2026-11-23T18:20:56.605Z',
      TOKENSCOPES: '[chat:read user:read:email]',
      USERID: '1234',
      USERLOGIN: 'someone',
    })
  })

  test('an app token alone is in both', () => {
    expect(encode({ ...emptyProfile, app })).toMatchObject({
      ACCESSTOKEN: 'appaccess',
      APPACCESSTOKEN: 'appaccess',
      REFRESHTOKEN: '',
      TOKENSCOPES: '[]',
    })
  })

  test('a public application and another server are marked', () => {
    const application = { type: 'public', clientId: 'abc' } as const
    expect(encode({ ...emptyProfile, application, server: localServer })).toEqual({
      CLIENTID: 'abc',
      CLIENTTYPE: 'public',
      AUTHURL: localServer.url,
    })
  })

  test('a key whose meaning stays keeps its spelling, nanoseconds and all', () => {
    const values = new Map([
      ['ACCESSTOKEN', 'a'],
      ['REFRESHTOKEN', 'r'],
      ['TOKENSCOPES', '[chat:read]'],
      ['TOKENEXPIRATION', '2026-11-23T18:20:56.605792237Z'],
    ])
    const before = decode(Object.fromEntries(values))
    const changes = changesToHold(values, before, { ...before, app })
    expect([...changes.keys()]).toEqual(['APPACCESSTOKEN', 'APPTOKENEXPIRATION'])
  })

  test('an app token that only the official slot held moves to ours when a user logs in', () => {
    const values = new Map([
      ['ACCESSTOKEN', 'appaccess'],
      ['REFRESHTOKEN', ''],
      ['TOKENSCOPES', '[]'],
      ['TOKENEXPIRATION', '2027-01-20T14:28:47.537Z'],
    ])
    const before = decode(Object.fromEntries(values))
    expect(changesToHold(values, before, { ...before, user }).get('APPACCESSTOKEN')).toBe('appaccess')
  })

  test('every profile reads back', () => {
    const token = fc.string({
      unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
      minLength: 1,
      maxLength: 60,
    })
    const secret = token.map((value) => new Secret(value))
    const moment = fc.option(
      fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
      { nil: undefined },
    )
    const scope = fc.constantFrom('chat:read', 'chat:edit', 'user:read:email')
    const account = fc.record({
      id: fc.stringMatching(/^[1-9]\d{0,9}$/),
      login: fc.stringMatching(/^[a-z0-9_]{1,25}$/),
    })
    const access = fc.option(
      fc.record({ accessToken: secret, expiresAt: moment, obtainedAt: fc.constant(undefined) }),
      { nil: undefined },
    )
    const profiles = fc.record({
      application: fc.oneof(
        fc.constant(undefined),
        fc.record({ type: fc.constant('public' as const), clientId: token }),
        fc.record({ type: fc.constant('confidential' as const), clientId: token, clientSecret: secret }),
      ),
      server: fc.constantFrom(twitch, localServer),
      app: access,
      user: fc.option(
        fc.record({
          access,
          refreshToken: secret,
          scopes: fc.uniqueArray(scope),
          user: fc.option(account, { nil: undefined }),
        }),
        { nil: undefined },
      ),
    })
    fc.assert(
      fc.property(profiles, (profile) => {
        const values = Object.entries(encode(profile)).flatMap(([key, value]) =>
          value === undefined ? [] : [[key, value] as const],
        )
        expect(laidOpen(decode(Object.fromEntries(values)))).toEqual(laidOpen(profile))
      }),
      { numRuns: 2_000 },
    )
  })

  test('a user token without scopes and without a refresh token is still a user token', () => {
    const bare = { ...user, refreshToken: undefined, scopes: [] }
    const values = Object.fromEntries(
      Object.entries(encode({ ...emptyProfile, user: bare })).map(([key, value]) => [key, value ?? '']),
    )
    expect(laidOpen(decode(values).user)).toEqual(laidOpen(bare))
  })

  test.each([
    [{ ...user, refreshToken: undefined, scopes: [] }, ''],
    [{ ...user, scopes: [] }, '[]'],
    [{ ...user, refreshToken: undefined }, '[chat:read user:read:email]'],
    [{ ...user, refreshToken: undefined, scopes: [], user: undefined }, '[]'],
  ])(
    'the scopes are left out only where they alone would mark the token as an app token',
    (session, scopes) => {
      expect(encode({ ...emptyProfile, user: session })['TOKENSCOPES']).toBe(scopes)
    },
  )

  test('a token that was revoked leaves an empty value', () => {
    expect(encode({ ...emptyProfile, user: { ...user, access: undefined } })).toMatchObject({
      ACCESSTOKEN: '',
      TOKENEXPIRATION: '',
      REFRESHTOKEN: 'userrefresh',
    })
  })
})
