// When a stored token is handed out, renewed, or doubted.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AccessToken } from '../../src/domain/profile.ts'
import { Secret } from '../../src/domain/secret.ts'
import { type Freshness, judgeFreshness } from '../../src/session/freshness.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOW = new Date('2026-11-23T12:00:00.000Z')

/** A token by its age and what is left of it, in milliseconds. */
function token(left: number | undefined, age?: number): AccessToken {
  return {
    accessToken: new Secret('token'),
    expiresAt: left === undefined ? undefined : new Date(NOW.getTime() + left),
    obtainedAt: age === undefined ? undefined : new Date(NOW.getTime() - age),
  }
}

function judge(left: number | undefined, age?: number, minValid = 0, chance = 0.5): Freshness {
  return judgeFreshness(token(left, age), { now: NOW, minValid, chance: () => chance })
}

describe('a token of four hours', () => {
  const life = 4 * HOUR
  const after = (age: number, chance?: number): Freshness => judge(life - age, age, 0, chance)

  test.each<[string, number, Freshness]>([
    ['is fresh at once', 0, 'fresh'],
    ['is fresh after three hours', 3 * HOUR, 'fresh'],
    ['is renewed a tenth of its life before its end', life - 24 * MINUTE + 3 * MINUTE, 'due'],
    ['is not renewed much before', life - 24 * MINUTE - 3 * MINUTE, 'fresh'],
    ['is due at its end', life, 'due'],
    ['is due long after its end', 30 * life, 'due'],
  ])('%s', (_name, age, freshness) => expect(after(age)).toBe(freshness))

  test('is renewed by some a little earlier than by others', () => {
    const age = life - 24 * MINUTE
    expect([after(age, 0), after(age, 1)]).toEqual(['fresh', 'due'])
  })

  test('has to last as long as was asked', () => {
    expect(judge(life, 0, 3 * HOUR)).toBe('fresh')
    expect(judge(2 * HOUR, 2 * HOUR, 3 * HOUR)).toBe('due')
  })
})

test('a token of six minutes is renewed at half its life, and not at five sixths before its end', () => {
  expect(judge(5 * MINUTE, MINUTE)).toBe('fresh')
  expect(judge(2 * MINUTE, 4 * MINUTE)).toBe('due')
})

test('a token of an unknown age is renewed five minutes before its end', () => {
  expect([judge(6 * MINUTE), judge(4 * MINUTE)]).toEqual(['fresh', 'due'])
})

describe('the clock is not trusted', () => {
  test('when a token comes from the future', () => {
    expect(judge(4 * HOUR, -4 * MINUTE)).toBe('fresh')
    expect(judge(8 * HOUR, -6 * MINUTE)).toBe('doubtful')
  })

  test('when a token would last longer than any', () => {
    expect(judge(69 * 24 * HOUR)).toBe('fresh')
    expect(judge(71 * 24 * HOUR)).toBe('doubtful')
  })

  test('when nobody knows how long it lasts', () => {
    expect(judge(undefined, 0)).toBe('doubtful')
  })
})

test('what is handed out lasts as long as was asked, whatever its life and age', () => {
  const span = fc.integer({ min: 0, max: 60 * 24 * HOUR })
  fc.assert(
    fc.property(
      span,
      span,
      span,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (left, age, minValid, chance) => {
        if (judge(left, age, minValid, chance) === 'fresh') expect(left).toBeGreaterThanOrEqual(minValid)
      },
    ),
  )
})
