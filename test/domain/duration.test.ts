// Spans of time in words.

import { expect, test } from 'vitest'
import { durationWords } from '../../src/domain/duration.ts'

test.each([
  [0, '0 seconds'],
  [1, '1 second'],
  [5, '5 seconds'],
  [119, '119 seconds'],
  [120, '2 minutes'],
  [1799, '30 minutes'],
])('%d s is said as "%s"', (seconds, words) => {
  expect(durationWords(seconds)).toBe(words)
})
