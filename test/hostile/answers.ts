// Answers of a hostile server: valid ones with something wrong in them, and bytes that are nothing at all.

import zlib from 'node:zlib'
import fc from 'fast-check'
import type { HttpAnswer } from '../../src/wire/http.ts'

type Body = Readonly<Record<string, unknown>>

/** What a server sends that means well, of every endpoint. */
const valid: readonly Body[] = [
  {
    access_token: 'a'.repeat(30),
    refresh_token: 'r'.repeat(50),
    expires_in: 14_000,
    scope: ['chat:read'],
    token_type: 'bearer',
  },
  { access_token: 'b'.repeat(30), expires_in: 5_000_000, token_type: 'bearer' },
  { client_id: 'abc', login: 'someone', scopes: ['chat:read'], user_id: '1234', expires_in: 5_000 },
  {
    device_code: 'd'.repeat(40),
    user_code: 'BCDFGHJK',
    expires_in: 1_800,
    interval: 5,
    verification_uri: 'https://www.twitch.tv/activate?device-code=BCDFGHJK',
  },
  { status: 400, message: 'Invalid refresh token' },
  { status: 400, message: 'authorization_pending' },
  { status: 401, message: 'invalid access token' },
  { error: 'invalid_grant', error_description: 'nope' },
]

const names = [...new Set(valid.flatMap((body) => Object.keys(body))), '__proto__', 'constructor', 'toString']

/** @param echoes what a server may repeat to us, and we may repeat to nobody */
function values(echoes: readonly string[]): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e308, 2 ** 53, '', ' ', '\u0000', [], [[]], {}, [null]),
    fc.constantFrom(
      'bearer',
      'Bearer',
      'mac',
      '3600',
      '-1',
      '9'.repeat(12),
      'chat:read chat:edit',
      'slow_down',
    ),
    fc.constantFrom(
      'x\nCLIENTSECRET=evil',
      'x\r',
      'a b',
      '\u001b]0;x\u0007',
      '\u202etoken',
      'tökén',
      '\ud800',
    ),
    fc.constantFrom(
      'javascript:alert(1)',
      'http://localhost/x',
      'https://u:p@www.twitch.tv/',
      'https://twitch.tv.evil/',
    ),
    fc.constantFrom(...echoes, ...echoes.map((echo) => `Invalid: ${encodeURIComponent(echo)}!`)),
    fc.nat({ max: 70_000 }).map((length) => 'x'.repeat(length)),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.stringMatching(/^[!-~]{1,40}$/),
    fc.array(fc.string({ unit: 'binary', maxLength: 12 }), { maxLength: 4 }),
    fc.jsonValue({ maxDepth: 3 }),
  )
}

type Edit = (text: string) => string

/** Changes to a text that is JSON no longer, or says something twice. */
const edits: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Edit>((text) => text) },
  fc.nat().map<Edit>((at) => (text) => text.slice(0, at % (text.length + 1))),
  fc.tuple(fc.nat(), fc.string({ unit: 'binary', maxLength: 4 })).map<Edit>(
    ([at, more]) =>
      (text) =>
        text.slice(0, at % text.length) + more + text.slice(at % text.length),
  ),
  fc.constantFrom<Edit>(
    (text) => `\uFEFF${text}`,
    (text) => `${text}${text}`,
    (text) => `[${text}]`,
    (text) => `{"__proto__":${text}}`,
    (text) => `callback(${text})`,
    (text) => JSON.stringify(text),
    (text) => text.replace('{', '{"access_token":"first","token_type":"bearer",'),
    (text) => text.replace(/\d+/, '1e999'),
    (text) => text.replace(/\d+/, '0x10'),
    (text) => text.replaceAll('"', "'"),
    (text) => text.replaceAll(/[a-z]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`),
    (text) => `${'['.repeat(20_000)}${text}`,
    (text) => `<!doctype html><title>${text}</title>`,
  ),
)

type Encode = (text: string) => Uint8Array

const encodings: fc.Arbitrary<Encode> = fc.oneof(
  { weight: 20, arbitrary: fc.constant<Encode>((text) => Buffer.from(text)) },
  fc.constantFrom<Encode>(
    (text) => Buffer.from(text, 'utf16le'),
    (text) => Buffer.from(text, 'latin1'),
    (text) => zlib.gzipSync(text),
  ),
  fc.tuple(fc.nat(), fc.nat({ max: 255 })).map<Encode>(([at, byte]) => (text) => {
    const bytes = Buffer.from(text)
    if (bytes.length > 0) bytes[at % bytes.length] = byte
    return bytes
  }),
)

/** Valid but for up to three of its members, its text and its bytes. */
function mutated(echoes: readonly string[]): fc.Arbitrary<Uint8Array> {
  const change = fc.tuple(fc.constantFrom(...names), fc.option(values(echoes), { nil: undefined, freq: 4 }))
  return fc
    .tuple(fc.constantFrom(...valid), fc.array(change, { maxLength: 3 }), edits, encodings)
    .map(([body, changes, edit, encode]) =>
      encode(edit(JSON.stringify({ ...body, ...Object.fromEntries(changes) }))),
    )
}

const statuses = fc.oneof(
  { weight: 5, arbitrary: fc.constant(200) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(400, 401, 403, 404, 429, 500, 503, 302, 308, 204, 226, 100, 999, 0),
  },
  fc.nat({ max: 999 }),
)

const headers = fc.oneof(
  fc.constantFrom<Record<string, string>>(
    { 'content-type': 'application/json' },
    {},
    { location: 'http://trap.example/' },
    { location: '' },
    { location: 'http://[' },
    { 'retry-after': '1e999' },
  ),
  fc.dictionary(
    fc.constantFrom('content-type', 'location', 'retry-after', 'content-encoding'),
    fc.string({ unit: 'binary', maxLength: 30 }),
  ),
)

/** Any of them, as the HTTP port would hand it on. */
export function hostileAnswers(echoes: readonly string[]): fc.Arbitrary<HttpAnswer> {
  const bytes = fc.oneof(
    { weight: 8, arbitrary: mutated(echoes) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
    { weight: 1, arbitrary: fc.json().map((text) => Buffer.from(text)) },
  )
  const host = fc.constantFrom(...echoes).map((echo) => ({ location: `http://${echo}.evil.example/` }))
  return fc
    .tuple(statuses, fc.oneof({ weight: 9, arbitrary: headers }, host), bytes)
    .map(([status, given, body]) => ({
      status,
      headers: given,
      body: Buffer.from(body).toString('utf8'),
    }))
}
