// The contract of a store, run on every implementation.

import { describe, expect, test } from 'vitest'
import { localServer } from '../../src/domain/identity-server.ts'
import { type Profile, emptyProfile } from '../../src/domain/profile.ts'
import { Secret } from '../../src/domain/secret.ts'
import type { ProfileStore } from '../../src/store/profile-store.ts'
import { laidOpen } from '../support/laid-open.ts'

const full: Profile = {
  application: { type: 'confidential', clientId: 'abc', clientSecret: new Secret('a secret#$"\\') },
  server: localServer,
  app: { accessToken: new Secret('app'), expiresAt: new Date('2027-01-20T14:28:47.537Z') },
  user: {
    access: { accessToken: new Secret('access'), expiresAt: new Date('2026-11-23T18:20:56.605Z') },
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

    test('it can say where a profile is', () => {
      expect(make().describe('default')).not.toBe('')
    })
  })
}
