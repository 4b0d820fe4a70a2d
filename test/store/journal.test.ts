// The journal: what we know beyond the official file, and how the two are brought together.

import { describe, expect, test } from 'vitest'
import { Failure } from '../../src/domain/failure.ts'
import { type Profile, emptyProfile } from '../../src/domain/profile.ts'
import { Secret } from '../../src/domain/secret.ts'
import { createFileStore } from '../../src/store/file-store.ts'
import { emptyJournal, parseJournal, writeJournal } from '../../src/store/journal.ts'
import type { ProfileStore } from '../../src/store/profile-store.ts'
import { laidOpen } from '../support/laid-open.ts'
import { createFakeClock, createMemoryFiles } from '../support/world.ts'

const PATH = '/config/.twitch-cli.env'

function session(
  turn: number,
  hours: number,
  refreshToken = `refreshtoken${turn}`,
): NonNullable<Profile['user']> {
  const obtainedAt = new Date(Date.UTC(2026, 10, 23, turn))
  return {
    access: {
      accessToken: new Secret(`accesstoken${turn}`),
      expiresAt: new Date(obtainedAt.getTime() + hours * 3_600_000),
      obtainedAt,
    },
    refreshToken: new Secret(refreshToken),
    scopes: ['chat:read'],
    user: { id: '1', login: 'someone' },
  }
}

const application = { type: 'public', clientId: 'abc' } as const
const app = {
  accessToken: new Secret('apptoken'),
  expiresAt: new Date('2027-01-20T00:00:00Z'),
  obtainedAt: new Date('2026-11-23T00:00:00Z'),
}

interface Setting {
  readonly contents: Map<string, string>
  readonly store: ProfileStore
  put(profile: Partial<Profile>): Promise<void>
  /** What is kept, laid open. */
  kept(): Promise<{
    user?: { refreshToken?: string; access?: { accessToken: string } }
    app?: { accessToken: string }
  }>
  /** The official CLI, which has read the file at some time, writes what it read, with changes of its own. */
  official(snapshot: string, changes: Record<string, string>): void
}

function createSetting(): Setting {
  const contents = new Map<string, string>()
  const store = createFileStore({
    files: createMemoryFiles(contents),
    clock: createFakeClock(),
    path: PATH,
    lookup: () => undefined,
  })
  return {
    contents,
    store,
    put: async (profile) =>
      void (await store.update('default', async (stored) => ({ ...stored, application, ...profile }))),
    kept: async () => laidOpen(await store.read('default')) as never,
    official: (snapshot, changes) => {
      const values = new Map(
        snapshot
          .trim()
          .split('\n')
          .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
      )
      for (const [key, value] of Object.entries(changes)) values.set(key, value)
      contents.set(PATH, [...values].map(([key, value]) => `${key}=${value}`).join('\n'))
    },
  }
}

describe('beside the official CLI', () => {
  test('a snapshot from before our refresh does not bring back the spent refresh token', async () => {
    const { contents, put, kept, official } = createSetting()
    await put({ user: session(1, 4) })
    const snapshot = contents.get(PATH) ?? ''
    await put({ user: session(2, 4) })
    await put({ user: session(3, 4) })
    official(snapshot, { LASTUPDATECHECK: '20261123' })
    expect(await kept()).toMatchObject({
      user: { refreshToken: 'refreshtoken3', access: { accessToken: 'accesstoken3' } },
    })
    await put({ app })
    expect(contents.get(PATH)).toContain('REFRESHTOKEN=refreshtoken3')
    expect(contents.get(PATH)).toContain('LASTUPDATECHECK=20261123')
  })

  test('its own refresh wins over what we know', async () => {
    const { contents, put, kept, official } = createSetting()
    await put({ user: session(1, 4) })
    official(contents.get(PATH) ?? '', {
      ACCESSTOKEN: 'theirs',
      REFRESHTOKEN: 'theirrefresh',
      TOKENEXPIRATION: '2026-11-23T09:00:00Z',
    })
    expect(await kept()).toMatchObject({
      user: { refreshToken: 'theirrefresh', access: { accessToken: 'theirs' } },
    })
  })

  test('its app token does not cost the user session, and is taken as the app token', async () => {
    const { contents, put, kept, official } = createSetting()
    await put({ user: session(1, 4), app })
    official(contents.get(PATH) ?? '', {
      ACCESSTOKEN: 'theirapp',
      REFRESHTOKEN: '',
      TOKENSCOPES: '[]',
      TOKENEXPIRATION: '2027-02-20T00:00:00Z',
    })
    expect(await kept()).toMatchObject({
      user: { refreshToken: 'refreshtoken1', access: { accessToken: 'accesstoken1' } },
      app: { accessToken: 'theirapp' },
    })
    await put({})
    expect(contents.get(PATH)).toContain('REFRESHTOKEN=refreshtoken1\n')
  })

  test('an older access token of the same refresh token loses against a newer one', async () => {
    const { contents, put, kept, official } = createSetting()
    await put({ user: session(1, 4, 'static') })
    const snapshot = contents.get(PATH) ?? ''
    await put({ user: session(3, 4, 'static') })
    official(snapshot, {})
    expect(await kept()).toMatchObject({
      user: { refreshToken: 'static', access: { accessToken: 'accesstoken3' } },
    })
  })

  test('another application’s file is what it says it is', async () => {
    const { contents, put, kept, official } = createSetting()
    await put({ user: session(1, 4) })
    official(contents.get(PATH) ?? '', {
      CLIENTID: 'other',
      ACCESSTOKEN: '',
      REFRESHTOKEN: '',
      TOKENSCOPES: '[]',
      USERID: '',
      USERLOGIN: '',
    })
    expect(await kept()).not.toHaveProperty('user')
  })

  test('what it writes during our change is kept, beside what we write', async () => {
    const { contents, put, store, official } = createSetting()
    await put({ user: session(1, 4) })
    await store.update('default', async (stored) => {
      official(contents.get(PATH) ?? '', { LASTUPDATECHECK: '20261124' })
      return { ...stored, user: session(2, 4) }
    })
    expect(contents.get(PATH)).toContain('LASTUPDATECHECK=20261124')
    expect(contents.get(PATH)).toContain('REFRESHTOKEN=refreshtoken2')
  })

  test('a file that it is in the middle of writing is read again', async () => {
    const { contents, put } = createSetting()
    await put({ user: session(1, 4) })
    const whole = contents.get(PATH) ?? ''
    for (const torn of ['', `${whole.slice(0, 20)}\nREFRESHTO`]) {
      const clock = createFakeClock()
      contents.set(PATH, torn)
      clock.at(100, () => void contents.set(PATH, whole))
      const store = createFileStore({
        files: createMemoryFiles(contents),
        clock,
        path: PATH,
        lookup: () => undefined,
      })
      expect((await store.read('default')).user?.refreshToken?.reveal()).toBe('refreshtoken1')
      expect(clock.sleeps).toEqual([50, 50])
    }
  })
})

test('the last sixteen refresh tokens that were spent are known, and the newest of them', async () => {
  const { contents, put, kept, official } = createSetting()
  const snapshots: string[] = []
  for (let turn = 1; turn <= 18; turn++) {
    await put({ user: session(turn, 4) })
    snapshots.push(contents.get(PATH) ?? '')
  }
  const spent = parseJournal(contents.get(`${PATH}.journal`)).spent
  expect(spent).toHaveLength(16)
  expect(spent).toEqual(
    Array.from({ length: 16 }, (_, index) => new Secret(`refreshtoken${index + 2}`).fingerprint()),
  )
  official(snapshots[16] ?? '', {})
  expect(await kept()).toMatchObject({ user: { refreshToken: 'refreshtoken18' } })
})

test('of the journal and the file, the access token wins that lasts longer, or whose end is known', async () => {
  for (const [theirs, winner] of [
    ['2026-11-23T04:59:59.000Z', 'accesstoken1'],
    ['2026-11-23T05:00:00.000Z', 'theirs'],
    ['2026-11-23T05:00:01.000Z', 'theirs'],
    ['', 'accesstoken1'],
  ] as const) {
    const { contents, put, kept, official } = createSetting()
    await put({ user: session(1, 4) })
    official(contents.get(PATH) ?? '', { ACCESSTOKEN: 'theirs', TOKENEXPIRATION: theirs })
    expect(await kept()).toMatchObject({ user: { access: { accessToken: winner } } })
  }
})

test('a refresh of its own wins although its token ends sooner than the one we know', async () => {
  const { contents, put, kept, official } = createSetting()
  await put({ user: session(1, 4) })
  const theirs = {
    ACCESSTOKEN: 'theirs',
    REFRESHTOKEN: 'theirrefresh',
    TOKENEXPIRATION: '2026-11-23T02:00:00Z',
  }
  official(contents.get(PATH) ?? '', theirs)
  expect(await kept()).toMatchObject({
    user: { refreshToken: 'theirrefresh', access: { accessToken: 'theirs' } },
  })
})

test('an app token that the file has lost is known', async () => {
  const { contents, put, kept } = createSetting()
  await put({ user: session(1, 4), app })
  const lines = (contents.get(PATH) ?? '').split('\n')
  contents.set(PATH, lines.filter((line) => !line.startsWith('APP')).join('\n'))
  expect(await kept()).toMatchObject({ app: { accessToken: 'apptoken' } })
})

test('when a token came is known, of one without a refresh token too', async () => {
  const { put, kept } = createSetting()
  const user = { ...session(1, 4), refreshToken: undefined }
  await put({ user })
  expect(await kept()).toMatchObject({ user: { access: { obtainedAt: user.access?.obtainedAt } } })
})

describe('what was taken away on purpose', () => {
  test('does not come back', async () => {
    const { put, kept } = createSetting()
    await put({ user: session(1, 4), app })
    await put({ user: undefined })
    expect(await kept()).not.toHaveProperty('user')
    await put({ app: undefined })
    expect(await kept()).not.toHaveProperty('app')
  })

  test('does not come back with the file, when somebody deletes that', async () => {
    const { contents, put, store } = createSetting()
    await put({ user: session(1, 4) })
    contents.delete(PATH)
    expect(laidOpen(await store.read('default'))).toEqual(laidOpen(emptyProfile))
  })
})

describe('the journal’s text', () => {
  test('reads back, secrets, dates and failures in it', () => {
    const journal = {
      ...emptyJournal,
      clientId: 'abc',
      user: session(1, 4),
      app,
      spent: ['12345678'],
      intent: { refreshToken: '12345678', at: new Date(0) },
    }
    expect(laidOpen(parseJournal(writeJournal(journal)))).toEqual(laidOpen(journal))
  })

  test.each([undefined, 'Wait a while'])('has a failure with the hint %s', (hint) => {
    const failure = new Failure('network', 'cut_off', 'Cut off.', hint === undefined ? {} : { hint })
    const at = new Date(0)
    const journal = {
      ...emptyJournal,
      failure: { renewal: 'app', refreshToken: undefined, at, failure } as const,
    }
    const read = parseJournal(writeJournal(journal)).failure?.failure
    expect(read).toBeInstanceOf(Failure)
    expect(read).toMatchObject({ kind: 'network', code: 'cut_off', message: 'Cut off.' })
    expect(read?.hint).toBe(hint)
  })

  test('of another version is an empty journal', () => {
    const written = writeJournal({ ...emptyJournal, clientId: 'abc' })
    const line = written.replace('"version":1', '"version":2').split('\n')[0] ?? ''
    let sum = 0x811c9dc5
    for (const character of line) sum = Math.imul(sum ^ character.charCodeAt(0), 0x01000193)
    expect(parseJournal(`${line}\n${(sum >>> 0).toString(16)}\n`)).toEqual(emptyJournal)
  })

  test('that was cut, bent or made up is an empty journal', () => {
    const text = writeJournal({ ...emptyJournal, clientId: 'abc', user: session(1, 4) })
    for (let at = 0; at < text.length - 1; at++) {
      expect(parseJournal(text.slice(0, at)).user).toBeUndefined()
      const bent = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1)
      expect(parseJournal(bent).user).toBeUndefined()
    }
    // The last ones have the right sum.
    for (const made of [
      '',
      'null\n0',
      '{"version":1}\n',
      '[]',
      '\n811c9dc5',
      'null\n77074ba4',
      '7\n320ca3f6',
      '[]\n741638a5',
      '{\nfe0c521a',
    ])
      expect(parseJournal(made)).toEqual(emptyJournal)
  })
})
