// Attempts to renew as the journal has them: what is announced, what a failure leaves, and what is nobody's business.

import { describe, expect, test } from 'vitest'
import { Failure } from '../../src/domain/failure.ts'
import { type Profile, emptyProfile } from '../../src/domain/profile.ts'
import { Secret } from '../../src/domain/secret.ts'
import { type RecordedAttempts, recordAttempts } from '../../src/store/attempts.ts'
import { type Journal, emptyJournal } from '../../src/store/journal.ts'
import { START } from '../support/world.ts'

const refreshToken = new Secret('a refresh token')
const fingerprint = refreshToken.fingerprint()
const user = { access: undefined, refreshToken, scopes: [], user: undefined }
const stored: Profile = { ...emptyProfile, application: { type: 'public', clientId: 'abc' }, user }

const network = new Failure('network', 'cut_off', 'The connection was cut off.')
const denied = new Failure('denied', 'invalid_client', 'No.')
const protocol = new Failure('protocol', 'unreadable_answer', 'What?')

interface Setting {
  readonly attempts: RecordedAttempts
  /** What was done, in order. */
  readonly done: ('reserved' | Journal)[]
}

function begin(journal: Journal = emptyJournal, profile: Profile = stored): Setting {
  const done: Setting['done'] = []
  const attempts = recordAttempts({
    journal,
    stored: profile,
    clock: { now: () => START },
    reserve: async () => void done.push('reserved'),
    keep: async (next) => void done.push(next),
  })
  return { attempts, done }
}

describe('a refresh that is announced', () => {
  test('is written down, once there is room for what comes', async () => {
    const { attempts, done } = begin()
    await attempts.announce('user')
    const intent = { refreshToken: fingerprint, at: START }
    expect(done).toEqual(['reserved', { ...emptyJournal, clientId: 'abc', intent }])
    expect(attempts.journal).toEqual(done[1])
  })

  test('of a profile without an application is one of none', async () => {
    const { attempts } = begin(emptyJournal, { ...stored, application: undefined })
    await attempts.announce('user')
    expect(attempts.journal).toMatchObject({ clientId: undefined, intent: { refreshToken: fingerprint } })
  })

  test.each([
    ['user', { ...stored, user: undefined }],
    ['user', { ...stored, user: { ...user, refreshToken: undefined } }],
    ['app', stored],
  ] as const)('as one of %s is not written down where nothing is spent', async (renewal, profile) => {
    const { attempts, done } = begin(emptyJournal, profile)
    await attempts.announce(renewal)
    expect(done).toEqual(['reserved'])
  })

  test.each([
    [network, true],
    [protocol, true],
    [denied, false],
  ])('and fails (%s) is under way still, or not', async (failure, mayBeSpent) => {
    const { attempts } = begin()
    await attempts.announce('user')
    await attempts.fail(failure)
    expect(attempts.journal).toEqual({
      ...emptyJournal,
      clientId: 'abc',
      intent: mayBeSpent ? { refreshToken: fingerprint, at: START } : undefined,
      failure: { renewal: 'user', refreshToken: fingerprint, at: START, failure },
    })
  })
})

test('a failure of what was not announced is not written down', async () => {
  const { attempts, done } = begin()
  await attempts.fail(network)
  expect(done).toEqual([])
})

test('a failure at an app token names no refresh token', async () => {
  const { attempts } = begin()
  await attempts.announce('app')
  await attempts.fail(network)
  expect(attempts.journal.failure).toEqual({
    renewal: 'app',
    refreshToken: undefined,
    at: START,
    failure: network,
  })
})

test.each([
  ['user', 'user', fingerprint, true],
  ['user', 'user', 'of another', false],
  ['user', 'app', fingerprint, false],
  ['app', 'app', undefined, true],
  ['app', 'user', undefined, false],
] as const)(
  'a failure at the token of the %s, when one asks for that of the %s, after refresh token %s: %s',
  (renewal, asked, sent, isTold) => {
    const failure = { renewal, refreshToken: sent, at: START, failure: network }
    const { attempts } = begin({ ...emptyJournal, failure })
    expect(attempts.lastFailure(asked)).toEqual(isTold ? failure : undefined)
  },
)

test.each([
  [fingerprint, stored, START],
  ['of another', stored, undefined],
  [fingerprint, { ...stored, user: undefined }, undefined],
])('an announcement of %s is of the token that is stored, or nothing', (sent, profile, sentAt) => {
  const { attempts } = begin({ ...emptyJournal, intent: { refreshToken: sent, at: START } }, profile)
  expect(attempts.sentAt).toEqual(sentAt)
})
