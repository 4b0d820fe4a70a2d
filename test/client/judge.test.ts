// What a server says is passed on without what it was sent, however it spells that, and fit for one line.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
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

describe('an answer is judged by its status', () => {
  const refusal = '{"status":400,"message":"Invalid token"}'
  const judged = (status: number, body = refusal, headers: Record<string, string> = {}): unknown =>
    judge({ status, headers, body }, [])

  test.each([
    [199, 'unreadable'],
    [200, 'accepted'],
    [299, 'accepted'],
    [300, 'redirected'],
    [308, 'redirected'],
    [399, 'redirected'],
    [400, 'refused'],
    [404, 'refused'],
    [428, 'refused'],
    [429, 'unavailable'],
    [430, 'refused'],
    [499, 'refused'],
    [500, 'unavailable'],
    [599, 'unavailable'],
  ])('%d is %s', (code, kind) => {
    expect(judged(code)).toMatchObject({ kind })
  })

  test.each([
    ['{"message":"Invalid token"}', 'Invalid token', 'Invalid token'],
    ['{"message":"no","error":"Bad Request"}', 'no', 'no'],
    ['{"error":"invalid_grant"}', 'invalid_grant', 'invalid_grant'],
    ['{"error":"invalid_grant","error_description":"It is spent"}', 'invalid_grant', 'It is spent'],
    ['{"error_description":"It is spent"}', 'It is spent', 'It is spent'],
    ['{"message":" ","error":"invalid_grant"}', 'invalid_grant', 'invalid_grant'],
    ['{"message":7,"error":"invalid_grant"}', 'invalid_grant', 'invalid_grant'],
    ['\uFEFF{"message":"no"}', 'no', 'no'],
  ])('of %s the words are taken', (body, word, message) => {
    expect(judged(400, body)).toEqual({ kind: 'refused', status: 400, word, message })
  })

  test.each([
    ['', 'an empty body'],
    [' \n', 'an empty body'],
    [' <html>', 'a web page: is there a proxy or a login portal in between?'],
    ['no <', 'something that is not a JSON object'],
    ['"message"', 'something that is not a JSON object'],
    ['null', 'something that is not a JSON object'],
    ['["message"]', 'something that is not a JSON object'],
    ['{"message"', 'something that is not a JSON object'],
    ['{\uFEFF"message":"no"}', 'something that is not a JSON object'],
    ['{}', 'a JSON object of another shape'],
    ['{"message":""}', 'a JSON object of another shape'],
    ['{"__proto__":{"message":"no"}}', 'a JSON object of another shape'],
  ])('without words, %j is described', (body, detail) => {
    expect(judged(400, body)).toEqual({ kind: 'unreadable', status: 400, detail })
    expect(judged(503, body)).toEqual({ kind: 'unavailable', status: 503, message: undefined })
  })

  test.each([
    [{}, 'the same host'],
    [{ location: '/elsewhere' }, 'the same host'],
    [{ location: 'data:text/html,x' }, 'nowhere'],
    [{ location: 'https://user@evil.example:8443/x' }, 'evil.example:8443'],
  ])('a redirect with %j is one to %s', (headers, host) => {
    expect(judged(302, '', headers)).toEqual({ kind: 'redirected', host })
  })

  test('a redirect that has one of several credentials in it is not quoted', () => {
    const sent = [new Secret('thefirstcredential'), new Secret('thesecondcredential')]
    for (const location of ['http://thefirstcredential.example', 'http://thesecondcredential.example']) {
      expect(judge({ status: 302, headers: { location }, body: '' }, sent)).toEqual({
        kind: 'redirected',
        host: 'an address with a credential in it',
      })
    }
  })
})

describe('a failure', () => {
  test.each([
    [
      { kind: 'refused', status: 400, word: 'invalid client secret', message: 'invalid client secret' },
      ['denied', 'invalid_client_secret', 'Twitch refused the refresh: invalid client secret (400).'],
    ],
    [
      { kind: 'refused', status: 403, word: '!', message: '!' },
      ['denied', 'refused', 'Twitch refused the refresh: ! (403).'],
    ],
    [
      { kind: 'refused', status: 403, word: 'One, 2: three! four five six seven', message: 'no' },
      ['denied', 'one_2_three_four_five_six', 'Twitch refused the refresh: no (403).'],
    ],
    [
      { kind: 'unavailable', status: 503, message: undefined },
      ['protocol', 'server_unavailable', 'Twitch could not answer (503). Nothing was changed here.'],
    ],
    [
      { kind: 'unavailable', status: 500, message: 'Missing column' },
      [
        'protocol',
        'server_unavailable',
        'Twitch could not answer (500): Missing column. Nothing was changed here.',
      ],
    ],
    [
      { kind: 'unavailable', status: 429, message: undefined },
      ['protocol', 'rate_limited', 'Twitch asked to slow down (429). Nothing was changed here.'],
    ],
    [
      { kind: 'redirected', host: 'evil.example' },
      ['protocol', 'redirected', 'Twitch answered with a redirect to evil.example, which was not followed.'],
    ],
    [
      { kind: 'unreadable', status: 418, detail: 'an empty body' },
      ['protocol', 'unreadable_answer', 'Twitch answered the refresh with an empty body (418).'],
    ],
  ] as const)('of %j has its kind, its code and its words', (judgement, [kind, code, message]) => {
    expect(failureOf(judgement, twitch, 'the refresh')).toMatchObject({ kind, code, message })
  })
})
