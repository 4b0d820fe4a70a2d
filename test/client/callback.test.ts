// What a request to the callback server means, whatever the request.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Callback, readCallback } from '../../src/client/callback.ts'
import { twitch } from '../../src/domain/identity-server.ts'
import { Secret } from '../../src/domain/secret.ts'
import type { HttpRequest } from '../../src/wire/http.ts'

const STATE = 'o'.repeat(43)
const PLACE = 'http://localhost:3000'

function read(query: string, request: Partial<HttpRequest> = {}): Callback {
  return readCallback(
    { method: 'GET', url: `${PLACE}${query}`, headers: {}, body: '', ...request },
    new Secret(STATE),
    twitch,
  )
}

const name = fc.constantFrom(
  'state',
  'code',
  'error',
  'error_description',
  'State',
  'state[]',
  'scope',
  '',
  'x',
)
const value = fc.oneof(
  fc.constantFrom(
    STATE,
    STATE.slice(1),
    `${STATE}\u0000`,
    STATE.toUpperCase(),
    '',
    'abc',
    'access_denied',
    'redirect_mismatch',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.stringMatching(/^[!-~]{1,30}$/),
)
const pairs = fc.array(fc.tuple(name, value), { maxLength: 6 })
const method = fc.oneof(
  { weight: 6, arbitrary: fc.constant('GET') },
  fc.constantFrom('POST', 'HEAD', 'get', 'OPTIONS', ''),
)
const pathname = fc.oneof({ weight: 6, arbitrary: fc.constant('/') }, fc.webPath())
const headers = fc.dictionary(
  fc.constantFrom('sec-fetch-dest', 'sec-fetch-mode', 'sec-purpose', 'purpose', 'x'),
  fc.constantFrom('document', 'navigate', 'image', 'no-cors', 'prefetch', 'prefetch;prerender', ''),
  { maxKeys: 2 },
)

test('a request counts if it is one GET / with one right state and one of code or error, and never else', () => {
  fc.assert(
    fc.property(pairs, method, pathname, headers, (given, verb, path, sent) => {
      const query = new URLSearchParams(given)
      const callback = read(`${path}?${query.toString()}`, { method: verb, headers: sent })
      const all = (wanted: string): readonly string[] =>
        given.filter(([each]) => each === wanted).map(([, text]) => text)
      const [states, codes, errors] = [all('state'), all('code'), all('error')]
      const isOurs =
        states.length === 1 && states[0] === STATE && verb === 'GET' && new URL(PLACE + path).pathname === '/'
      const isEither = codes.length + errors.length === 1
      if (callback.kind === 'code') {
        expect({ isOurs, isEither, code: codes[0] }).toEqual({
          isOurs: true,
          isEither: true,
          code: callback.code.reveal(),
        })
        expect(callback.code.reveal()).toMatch(/^[!-~]{1,1024}$/)
      }
      if (callback.kind === 'refusal') {
        expect({ isOurs, isEither }).toEqual({ isOurs: true, isEither: true })
        expect(callback.error + callback.description).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/)
      }
      if (callback.kind === 'mismatch') expect(errors).toEqual(['redirect_mismatch'])
      if (callback.kind === 'stranger') expect(callback.status).toBeOneOf([400, 404, 405])
    }),
    { numRuns: 3_000 },
  )
})

test('nothing that a browser fetches for a page counts', () => {
  const good = `/?code=abc&state=${STATE}`
  expect(read(good).kind).toBe('code')
  expect(read(good, { headers: { 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' } }).kind).toBe(
    'code',
  )
  for (const destination of [
    'image',
    'iframe',
    'frame',
    'script',
    'style',
    'empty',
    'object',
    'embed',
    'font',
    'report',
  ])
    expect(read(good, { headers: { 'sec-fetch-dest': destination } })).toEqual({
      kind: 'stranger',
      status: 400,
    })
  expect(read(good, { headers: { 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'cors' } }).kind).toBe(
    'stranger',
  )
  for (const purpose of ['prefetch', 'prefetch;prerender'])
    expect(read(good, { headers: { 'sec-purpose': purpose } }).kind).toBe('stranger')
})

test('whatever URL can be parsed is read without a throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const url = `${PLACE}/${text}`
      if (URL.canParse(url)) expect(read(`/${text}`).kind).toMatch(/^(stranger|mismatch|refusal)$/)
    }),
    { numRuns: 2_000 },
  )
})

test.each([
  ['access_denied', 'access-denied'],
  ['redirect_mismatch', 'redirect-mismatch'],
  ['server_error', 'other'],
])('a refusal says why: %s', (error, reason) => {
  expect(read(`/?state=${STATE}&error=${error}&error_description=the+words`)).toEqual({
    kind: 'refusal',
    reason,
    error,
    description: 'the words',
  })
  expect(read(`/?state=${STATE}&error=${error}`)).toMatchObject({ reason, description: '' })
})

test('a document without a mode is one that is navigated to', () => {
  const headers = { 'sec-fetch-dest': 'document' }
  expect(read(`/?state=${STATE}&code=abc`, { headers }).kind).toBe('code')
})
