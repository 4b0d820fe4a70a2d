// The env file against viper, with which the official CLI keeps it: random values by the ten thousand.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { amount, recordFigure } from '../support/figures.ts'
import { compareFuzz, compareReading, compareWriting } from './official-comparison.ts'
import {
  BUILD_TIMEOUT,
  type OfficialLibrary,
  buildOfficialLibrary,
  hasOfficialLibrary,
} from './official-library.ts'

describe.skipIf(!hasOfficialLibrary)('equal or refused', () => {
  let official: OfficialLibrary
  beforeAll(() => void (official = buildOfficialLibrary()), BUILD_TIMEOUT)
  afterAll(() => official.remove())

  test.each([
    [10_000, 'values that we write and viper reads', compareWriting],
    [10_000, 'values that viper writes and we read', compareReading],
    [60_000, 'texts that both read', compareFuzz],
  ])('%i %s', (full, what, compare) => {
    const count = amount(full, full / 10)
    const { equal, refused, different } = compare(official, count)
    expect(different).toEqual([])
    expect(equal).toBeGreaterThan(count / 3)
    expect(equal + refused).toBe(count)
    recordFigure({
      area: 'interop',
      what: `the official file format: ${what}`,
      tried: count,
      failed: different.length,
      figure: `${equal} equal, ${refused} refused`,
      command: 'npm run torture -- test/third-party',
    })
  })
})
