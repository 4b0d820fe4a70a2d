// What --verbose tells of a request.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Narrator } from '../../src/cli/narrate.ts'
import { traced } from '../../src/cli/trace.ts'
import { Failure } from '../../src/domain/failure.ts'
import { createFakeClock } from '../support/world.ts'

test('is its method, its address without the query, and how it went: never a header, a body or a query', async () => {
  const secret = fc.stringMatching(/^canary[a-z0-9]{6,30}$/)
  await fc.assert(
    fc.asyncProperty(secret, fc.boolean(), async (value, works) => {
      const lines: string[] = []
      const narrator = { trace: (line: string) => void lines.push(line) } as Partial<Narrator> as Narrator
      const failure = new Failure('network', 'cut_off', value)
      const http = traced(
        async () => {
          if (!works) throw failure
          return { status: 200, headers: { x: value }, body: value }
        },
        narrator,
        createFakeClock(),
      )
      const request = {
        method: 'POST',
        url: `https://u:${value}@id.example/x?y=${value}#${value}`,
        headers: { authorization: value },
        body: value,
      }
      await http(request).catch((error: unknown) => expect(error).toBe(failure))
      expect(lines).toEqual([
        `POST https://id.example/x -> ${works ? `200, ${value.length} characters` : 'cut_off'} in 0 ms`,
      ])
    }),
    { numRuns: 200 },
  )
})

test('says how long it took, and of what is no failure that it failed', async () => {
  const lines: string[] = []
  const narrator = { trace: (line: string) => void lines.push(line) } as Partial<Narrator> as Narrator
  const clock = createFakeClock()
  clock.advance(5_000)
  const http = traced(
    async () => {
      clock.advance(60)
      throw new TypeError('canary')
    },
    narrator,
    clock,
  )
  await expect(http({ method: 'GET', url: 'https://id.example/x', headers: {}, body: '' })).rejects.toThrow()
  expect(lines).toEqual(['GET https://id.example/x -> failed in 60 ms'])
})
