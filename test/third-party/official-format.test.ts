// The env file against viper, with which the official CLI keeps it: the quirks, whole profiles in both directions, and a few random values.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { emptyProfile, type Profile } from '../../src/domain/profile.ts'
import { twitch } from '../../src/domain/identity-server.ts'
import { Secret } from '../../src/domain/secret.ts'
import { changesToHold, decodeProfile } from '../../src/store/env-profile.ts'
import { editEnvText } from '../../src/store/env-text.ts'
import { furtherTexts, officialQuirks } from '../store/official-texts.ts'
import { laidOpen } from '../support/laid-open.ts'
import { compareFuzz, compareReading, compareWriting, readOurs } from './official-comparison.ts'
import {
  BUILD_TIMEOUT,
  type OfficialLibrary,
  type OfficialReading,
  buildOfficialLibrary,
  hasOfficialLibrary,
} from './official-library.ts'

/** What viper takes and we do not: a line that it gives up at without a word, and a value that brings a key of its own. */
const takenByViper: Readonly<Record<string, object>> = {
  'a line too long for the official CLI': {},
  'a line that is too long in bytes alone': {},
  'a value that would bring a key of its own': { A: 'x', CLIENTSECRET: 'evil' },
}

const profile: Profile = {
  application: { type: 'confidential', clientId: 'abc', clientSecret: new Secret('d#e"f$HOME') },
  server: twitch,
  user: {
    access: {
      accessToken: new Secret('useraccess'),
      expiresAt: new Date('2026-11-23T18:20:56.605Z'),
      obtainedAt: undefined,
    },
    refreshToken: new Secret("refresh'token\\n"),
    scopes: ['chat:read', 'user:read:email'],
    user: { id: '1234', login: 'someone' },
  },
  app: undefined,
}

describe.skipIf(!hasOfficialLibrary)('what viper makes of it', () => {
  let official: OfficialLibrary
  beforeAll(() => void (official = buildOfficialLibrary()), BUILD_TIMEOUT)
  afterAll(() => official.remove())

  const read = (text: string): OfficialReading => official.read([text])[0]

  test.each([...officialQuirks, ...furtherTexts])('%s', (what, text, expected) => {
    const refused = typeof expected === 'string'
    expect(read(text)?.values).toEqual(refused ? takenByViper[what] : expected)
  })

  test('a profile of ours is what the official CLI looks for', () => {
    const edited = editEnvText([], changesToHold(new Map(), emptyProfile, profile))
    if (!('text' in edited)) throw new Error(`${edited.unwritable} could not be written`)
    expect(read(edited.text)).toEqual({
      values: {
        ACCESSTOKEN: 'useraccess',
        CLIENTID: 'abc',
        CLIENTSECRET: 'd#e"f$HOME',
        REFRESHTOKEN: "refresh'token\\n",
        TOKENEXPIRATION: '2026-11-23T18:20:56.605Z',
        TOKENSCOPES: '[chat:read user:read:email]',
        USERID: '1234',
        USERLOGIN: 'someone',
      },
      expiration: profile.user?.access?.expiresAt?.getTime(),
    })
  })

  test('a file that viper has written is the profile that was meant, date and all', () => {
    const expiration = '2026-11-23T20:20:56.605792237+02:00'
    const [text = ''] = official.write([
      {
        clientid: 'abc',
        clientsecret: 'def',
        accesstoken: 'useraccess',
        refreshtoken: 'userrefresh',
        tokenscopes: '[chat:read user:read:email]',
        tokenexpiration: expiration,
        lastupdatecheck: '20261123',
      },
    ])
    const decoded = decodeProfile(new Map(Object.entries(readOurs(text) ?? {})))
    const expiresAt = new Date(read(text)?.expiration ?? 0)
    expect(expiresAt.toISOString()).toBe('2026-11-23T18:20:56.605Z')
    expect(decoded.kind === 'profile' && laidOpen(decoded.profile)).toEqual({
      application: { type: 'confidential', clientId: 'abc', clientSecret: 'def' },
      server: twitch,
      user: {
        access: { accessToken: 'useraccess', expiresAt },
        refreshToken: 'userrefresh',
        scopes: ['chat:read', 'user:read:email'],
      },
    })
  })

  test.each([
    ['ours to viper', compareWriting],
    ['viper to ours', compareReading],
    ['any text', compareFuzz],
  ])('300 random values, %s', (_way, compare) => {
    const { equal, refused, different } = compare(official, 300)
    expect(different).toEqual([])
    expect(equal).toBeGreaterThan(100)
    expect(equal + refused).toBe(300)
  })

  test.each([65_534, 65_535, 65_536, 65_537])('a line of %i bytes', (length) => {
    const texts = ['a', 'é', '€', '😀'].flatMap((unit) => {
      const room = length - 'A='.length
      const bytes = Buffer.byteLength(unit)
      const line = `A=${'a'.repeat(room % bytes)}${unit.repeat(room / bytes)}`
      return ['', '\n', '\r\n'].map((end) => line + end)
    })
    // Of a line that is too long viper says nothing, and reads nothing.
    const readings = official.read(texts).map((reading) => reading?.values['A'])
    expect(texts.map((text) => readOurs(text)?.['A'])).toEqual(readings)
  })
})
