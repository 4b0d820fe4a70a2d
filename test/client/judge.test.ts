// What a server says is passed on without what it was sent, however it spells that, and fit for one line.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { failureOf, judge } from '../../src/client/judge.ts'
import { twitch } from '../../src/domain/identity-server.ts'
import { Secret } from '../../src/domain/secret.ts'

/** What stands around it has none of its characters, so that nothing looks like it by chance. */
const secret = fc.stringMatching(/^[a-m0-5!$&/=?%+]{12,40}$/)
const around = fc.string({
  unit: fc.constantFrom('x', 'y', ' ', ':', '\n', '\u001b', '\u202e', '\u200b'),
  maxLength: 20,
})
const spell = fc.constantFrom(
  (text: string) => text,
  encodeURIComponent,
  (text: string) => new URLSearchParams({ x: text }).toString().slice(2),
)
const status = fc.constantFrom(400, 401, 403, 404, 429, 500, 503)

test('no message, code or hint of a failure has a credential in it that was sent', () => {
  fc.assert(
    fc.property(secret, secret, around, around, spell, status, (one, other, before, after, spelled, code) => {
      const words = `${before}${spelled(one)}${after}${spelled(other)}${before}${spelled(one)}`
      for (const body of [{ message: words }, { error: words }, { error_description: words }]) {
        const judgement = judge({ status: code, headers: {}, body: JSON.stringify(body) }, [
          new Secret(one),
          new Secret(other),
        ])
        if (judgement.kind === 'accepted') throw new Error('A refusal was accepted')
        const { message, code: word, hint = '' } = failureOf(judgement, twitch, 'the request')
        for (const said of [message, word, hint]) {
          for (const sent of [one, other, spelled(one), spelled(other)]) expect(said).not.toContain(sent)
          expect(said).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]/)
        }
      }
    }),
    { numRuns: 500 },
  )
})

test('nor has the host of a redirect', () => {
  const token = 'CanaryToken0123456789abcdefghi'
  const sent = [new Secret(token)]
  for (const location of [
    `http://${token}.evil.example/`,
    `http://evil.example/${token}`,
    `//${token}`,
    `http://${token}@x/`,
  ]) {
    const judgement = judge({ status: 302, headers: { location }, body: '' }, sent)
    expect(JSON.stringify(judgement).toLowerCase()).not.toContain(token.toLowerCase())
  }
  expect(judge({ status: 302, headers: { location: 'http://evil.example/x' }, body: '' }, sent)).toEqual({
    kind: 'redirected',
    host: 'evil.example',
  })
})
