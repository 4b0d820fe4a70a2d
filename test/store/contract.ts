// The contract of a store, run on every implementation.

import { describe, expect, test } from 'vitest'
import { Failure } from '../../src/domain/failure.ts'
import { localServer } from '../../src/domain/identity-server.ts'
import { type Profile, emptyProfile } from '../../src/domain/profile.ts'
import { Secret } from '../../src/domain/secret.ts'
import type { Attempts, ProfileStore } from '../../src/store/profile-store.ts'
import { laidOpen } from '../support/laid-open.ts'

const full: Profile = {
  application: { type: 'confidential', clientId: 'abc', clientSecret: new Secret('a secret#$"\\') },
  server: localServer,
  app: {
    accessToken: new Secret('app'),
    expiresAt: new Date('2027-01-20T14:28:47.537Z'),
    obtainedAt: new Date('2026-11-23T12:00:00.000Z'),
  },
  user: {
    access: {
      accessToken: new Secret('access'),
      expiresAt: new Date('2026-11-23T18:20:56.605Z'),
      obtainedAt: new Date('2026-11-23T12:00:00.000Z'),
    },
    refreshToken: new Secret('refresh'),
    scopes: ['chat:read', 'chat:edit'],
    user: { id: '1234', login: 'someone' },
  },
}

/** Holds a store to the contract. @param make a new, empty store */
export function storeContract(name: string, make: () => ProfileStore): void {
  describe(`the contract of a store: ${name}`, () => {
    test('what was never kept is an empty profile of Twitch', async () => {
      expect(laidOpen(await make().read('default'))).toEqual(laidOpen(emptyProfile))
    })

    test('what was kept is there again, all of it', async () => {
      const store = make()
      const returned = await store.update('default', async () => full)
      expect(laidOpen(returned)).toEqual(laidOpen(full))
      expect(laidOpen(await store.read('default'))).toEqual(laidOpen(full))
    })

    test('profiles do not mix', async () => {
      const store = make()
      await store.update('one', async () => full)
      await store.update('two', async () => ({
        ...emptyProfile,
        application: { type: 'public', clientId: 'two' },
      }))
      expect((await store.read('one')).application?.clientId).toBe('abc')
      expect((await store.read('two')).application?.clientId).toBe('two')
      expect(laidOpen(await store.read('default'))).toEqual(laidOpen(emptyProfile))
    })

    test('what is taken away is gone', async () => {
      const store = make()
      await store.update('default', async () => full)
      await store.update('default', async (stored) => ({ ...stored, user: undefined }))
      expect((await store.read('default')).user).toBeUndefined()
      expect((await store.read('default')).app?.accessToken.reveal()).toBe('app')
    })

    test('a change that fails changes nothing, and its failure comes out', async () => {
      const store = make()
      await store.update('default', async () => full)
      const failure = new Error('no')
      await expect(store.update('default', async () => Promise.reject(failure))).rejects.toBe(failure)
      expect(laidOpen(await store.read('default'))).toEqual(laidOpen(full))
      await store.update('default', async () => emptyProfile)
      expect((await store.read('default')).application).toBeUndefined()
    })

    test('changes happen one after the other, each on what the one before it left', async () => {
      const store = make()
      const append = async (letter: string): Promise<Profile> =>
        store.update('default', async (stored) => {
          const before = stored.application?.clientId ?? ''
          await new Promise((resolve) => setTimeout(resolve, 2))
          return { ...stored, application: { type: 'public', clientId: before + letter } }
        })
      await Promise.all([...'abcdefghij'].map(append))
      const letters = (await store.read('default')).application?.clientId ?? ''
      expect([...letters].toSorted().join('')).toBe('abcdefghij')
    })

    test('a reader does not wait for a change under way, and sees nothing of it', async () => {
      const store = make()
      await store.update('default', async () => full)
      await store.update('default', async () => {
        expect(laidOpen(await store.read('default'))).toEqual(laidOpen(full))
        return emptyProfile
      })
    })

    test('profiles are listed, and one that is removed is gone', async () => {
      const store = make()
      const names = async (): Promise<string[]> => {
        const found: string[] = []
        for await (const name of store.list()) found.push(name)
        return found.toSorted()
      }
      expect(await names()).toEqual([])
      for (const name of ['default', 'two', 'one']) await store.update(name, async () => full)
      expect(await names()).toEqual(['default', 'one', 'two'])
      await store.remove('two')
      await store.remove('never')
      expect(await names()).toEqual(['default', 'one'])
      expect(laidOpen(await store.read('two'))).toEqual(laidOpen(emptyProfile))
    })

    describe('spending a refresh token', () => {
      const network = new Failure('network', 'cut_off', 'The connection was cut off.')

      /** Announces, and then fails. @returns what was known before */
      async function attempt(store: ProfileStore, failure: Failure): Promise<Attempts['sentAt']> {
        let sentAt: Attempts['sentAt']
        const change = store.update('default', async (_stored, attempts) => {
          sentAt = attempts.sentAt
          await attempts.announce('user')
          throw failure
        })
        await expect(change).rejects.toBe(failure)
        return sentAt
      }

      async function know(store: ProfileStore): Promise<Attempts> {
        let known: Attempts | undefined
        await store.update('default', async (stored, attempts) => {
          known = attempts
          return stored
        })
        if (known === undefined) throw new Error('The change was not run')
        return known
      }

      test('is remembered when nothing came of it', async () => {
        const store = make()
        await store.update('default', async () => full)
        expect((await know(store)).sentAt).toBeUndefined()
        expect(await attempt(store, network)).toBeUndefined()
        expect((await know(store)).sentAt).toBeInstanceOf(Date)
        expect(await attempt(store, network)).toBeInstanceOf(Date)
      })

      test('is not under way any more when the server has refused', async () => {
        const store = make()
        await store.update('default', async () => full)
        await attempt(store, new Failure('denied', 'invalid_refresh_token', 'no'))
        expect((await know(store)).sentAt).toBeUndefined()
      })

      test('is over when the profile was stored', async () => {
        const store = make()
        await store.update('default', async () => full)
        await attempt(store, network)
        const user = full.user && { ...full.user, refreshToken: new Secret('the next refresh token') }
        await store.update('default', async () => ({ ...full, user }))
        const known = await know(store)
        expect([known.sentAt, known.lastFailure('user')]).toEqual([undefined, undefined])
      })

      test('leaves its failure to those who come later', async () => {
        const store = make()
        await store.update('default', async () => full)
        const before = new Date(Date.now() - 1000)
        await attempt(store, network)
        const { lastFailure } = await know(store)
        const { at, failure } = lastFailure('user') ?? {}
        expect(failure).toMatchObject({
          kind: 'network',
          code: 'cut_off',
          message: 'The connection was cut off.',
        })
        expect(Number(at)).toBeGreaterThan(Number(before))
        expect(lastFailure('app')).toBeUndefined()
      })

      test('is nobody’s business when there is none', async () => {
        const store = make()
        await attempt(store, network)
        expect((await know(store)).sentAt).toBeUndefined()
      })
    })

    test('it can say where a profile is', () => {
      expect(make().describe('default')).not.toBe('')
    })
  })
}
