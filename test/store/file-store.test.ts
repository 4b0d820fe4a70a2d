// The file store, as far as it is more than the contract: the file of the official CLI, and files that are damaged.

import { describe, expect, test } from 'vitest'
import { Failure } from '../../src/domain/failure.ts'
import type { Files } from '../../src/domain/ports.ts'
import { Secret } from '../../src/domain/secret.ts'
import { createFileStore } from '../../src/store/file-store.ts'
import { parseJournal } from '../../src/store/journal.ts'
import type { ProfileStore } from '../../src/store/profile-store.ts'
import { START, createFakeClock, createMemoryFiles } from '../support/world.ts'

const PATH = '/config/.twitch-cli.env'
const OFFICIAL = [
  'ACCESSTOKEN=old',
  'REFRESHTOKEN=refresh',
  'TOKENSCOPES=[chat:read]',
  'TOKENEXPIRATION=2026-11-23T18:20:56.605792237Z',
  'CLIENTID=abc',
  'CLIENTSECRET=def',
  'LASTUPDATECHECK=20261101',
].join('\n')

function storeOn(contents: Map<string, string>): ProfileStore {
  return createFileStore({
    files: createMemoryFiles(contents),
    clock: createFakeClock(),
    path: PATH,
    lookup: () => undefined,
  })
}

describe('the file store', () => {
  test('changes only the lines that have to change, and keeps what it does not know', async () => {
    const contents = new Map([[PATH, OFFICIAL]])
    const accessToken = new Secret('app')
    await storeOn(contents).update('default', async (stored) => ({
      ...stored,
      app: { accessToken, expiresAt: new Date(0), obtainedAt: undefined },
    }))
    expect(contents.get(PATH)).toBe(
      `${OFFICIAL}\nAPPACCESSTOKEN=app\nAPPTOKENEXPIRATION=1970-01-01T00:00:00.000Z\n`,
    )
  })

  test('writes nothing when nothing changed', async () => {
    const contents = new Map([[PATH, OFFICIAL]])
    await storeOn(contents).update('default', async (stored) => stored)
    expect(contents.get(PATH)).toBe(OFFICIAL)
  })

  test('keeps a profile in a file of its own beside the default one', async () => {
    const contents = new Map<string, string>()
    await storeOn(contents).update('bot', async (stored) => ({
      ...stored,
      application: { type: 'public', clientId: 'x' },
    }))
    expect([...contents]).toEqual([['/config/profiles/bot.env', 'CLIENTID=x\nCLIENTTYPE=public\n']])
  })

  test.each([
    ['CLIENTID=abc\nwhat is this\n', 'line 2 is not KEY=value'],
    ['CLIENTID=abc\nAUTHURL=http://example.com/oauth2\n', "line 2 has a value that AUTHURL can't have"],
    [
      '# one\nACCESSTOKEN="a\\u0001"\nACCESSTOKEN="b\\nc"\n',
      "line 3 has a value that ACCESSTOKEN can't have",
    ],
    ['# one\nauthurl=nowhere\nCLIENTID=abc\n', "line 2 has a value that AUTHURL can't have"],
  ])('refuses a damaged file, names the line, and leaves it alone', async (text, complaint) => {
    const contents = new Map([[PATH, text]])
    const store = storeOn(contents)
    for (const attempt of [store.read('default'), store.update('default', async (stored) => stored)]) {
      const failure: unknown = await attempt.then(
        () => undefined,
        (error: unknown) => error,
      )
      expect(failure).toBeInstanceOf(Failure)
      expect(failure).toMatchObject({
        kind: 'storage',
        code: 'file_damaged',
        message: expect.stringContaining(complaint),
      })
    }
    expect(contents.get(PATH)).toBe(text)
  })

  test('names the profile in what to type for a damaged file', async () => {
    const store = storeOn(new Map([['/config/profiles/bot.env', 'nonsense\n']]))
    await expect(store.read('bot')).rejects.toMatchObject({
      code: 'file_damaged',
      hint: 'Mend line 1, or move the file away and run: twitch configure --profile bot',
    })
  })

  test('writes neither file where the change is none', async () => {
    const contents = new Map([[PATH, OFFICIAL]])
    const files = createMemoryFiles(contents)
    const written: string[] = []
    const exclusively: Files['exclusively'] = async (file, work) =>
      files.exclusively(file, async (held) =>
        work({
          ...held,
          replace: async (text) => held.replace(text).then(() => void written.push('file')),
          replaceJournal: async (text) => held.replaceJournal(text).then(() => void written.push('journal')),
        }),
      )
    const store = createFileStore({
      files: { ...files, exclusively },
      clock: createFakeClock(),
      path: PATH,
      lookup: () => undefined,
    })
    await store.update('default', async (stored) => ({ ...stored }))
    expect(written).toEqual(['journal'])
    await store.update('default', async (stored) => ({ ...stored }))
    expect(written).toEqual(['journal'])
  })

  test('writes down a failure, and not a fault of the program', async () => {
    const contents = new Map([[PATH, OFFICIAL]])
    const store = storeOn(contents)
    const keptAfter = async (error: Error): Promise<unknown> => {
      const change = store.update('default', async (_stored, attempts) => {
        await attempts.announce('user')
        throw error
      })
      await expect(change).rejects.toBe(error)
      return parseJournal(contents.get(`${PATH}.journal`)).failure
    }
    expect(await keptAfter(new TypeError('canary'))).toBeUndefined()
    expect(await keptAfter(new Failure('network', 'cut_off', 'Cut off.'))).toMatchObject({
      failure: { code: 'cut_off' },
    })
  })

  test('reserves room when it is told to, and before a renewal, and not for a look', async () => {
    const contents = new Map([[PATH, OFFICIAL]])
    let reserved = 0
    const files = createMemoryFiles(contents)
    const store = createFileStore({
      files: {
        ...files,
        exclusively: async (file, work) =>
          files.exclusively(file, async (held) => work({ ...held, reserve: async () => void reserved++ })),
      },
      clock: createFakeClock(),
      path: PATH,
      lookup: () => undefined,
    })
    await store.update('default', async (stored) => stored)
    expect(reserved).toBe(0)
    await store.update('default', async (stored, attempts) => {
      await attempts.reserve()
      return stored
    })
    expect(reserved).toBe(1)
    await store.update('default', async (stored, attempts) => {
      await attempts.announce('user')
      return stored
    })
    expect(reserved).toBe(2)
  })

  test('says when a refresh token was sent of which nothing came', async () => {
    const contents = new Map([[PATH, OFFICIAL]])
    const store = storeOn(contents)
    expect(await store.unfinishedRenewal('default')).toBeUndefined()
    await store
      .update('default', async (_stored, attempts) => {
        await attempts.announce('user')
        throw new Failure('network', 'cut_off', 'Cut off.')
      })
      .catch(() => undefined)
    expect(await store.unfinishedRenewal('default')).toEqual(START)
  })

  test('tells of what was tightened, and reads a file without one who listens', async () => {
    const repair = { path: PATH, mode: 0o644 }
    const files = createMemoryFiles(new Map([[PATH, OFFICIAL]]))
    const read: Files['read'] = async (file) => {
      const found = await files.read(file)
      return found && { ...found, repairs: [repair] }
    }
    const told: unknown[] = []
    const options = {
      files: { ...files, read },
      clock: createFakeClock(),
      path: PATH,
      lookup: () => undefined,
    }
    const listening = createFileStore({ ...options, onRepair: (each) => told.push(each) })
    await listening.read('default')
    expect(told).toEqual([repair])
    expect((await createFileStore(options).read('default')).application?.clientId).toBe('abc')
  })

  test('gives a damaged file four looks, and no more', async () => {
    const clock = createFakeClock()
    const files = createMemoryFiles(new Map([[PATH, 'nonsense']]))
    const store = createFileStore({ files, clock, path: PATH, lookup: () => undefined })
    await expect(store.read('default')).rejects.toMatchObject({ code: 'file_damaged' })
    expect(clock.sleeps).toEqual([50, 50, 50])
  })

  test('refuses a value that the format can not hold, and keeps the file', async () => {
    const contents = new Map([[PATH, OFFICIAL]])
    const clientSecret = new Secret('a\\n\\$x')
    const change = storeOn(contents).update('default', async (stored) => ({
      ...stored,
      application: { type: 'confidential', clientId: 'abc', clientSecret },
    }))
    await expect(change).rejects.toMatchObject({
      kind: 'storage',
      code: 'value_unwritable',
      message: `${PATH} can't hold this CLIENTSECRET: its format has no way to write it.`,
    })
    expect(contents.get(PATH)).toBe(OFFICIAL)
  })
})
