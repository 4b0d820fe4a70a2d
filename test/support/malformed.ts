// Answers that no identity server should give, and that a proxy, a portal, a fault or an enemy does.

import type { HttpAnswer } from '../../src/wire/http.ts'

/** A malformed answer, by what is wrong with it. */
export interface MalformedAnswer {
  readonly name: string
  readonly answer: HttpAnswer
}

const JSON_TYPE = { 'content-type': 'application/json' }

function answer(
  name: string,
  body: string,
  status = 200,
  headers: Record<string, string> = JSON_TYPE,
): MalformedAnswer {
  return { name, answer: { status, headers, body } }
}

/** For every endpoint. */
export const anywhere: readonly MalformedAnswer[] = [
  answer('null', 'null'),
  answer('an array', '[]'),
  answer('a string', '"x"'),
  answer('a number', '1'),
  answer('true', 'true'),
  answer('an object before garbage', '{"access_token":"x"} and more'),
  answer('NaN', '{"expires_in":NaN}'),
  answer('half an object', '{"access_token":"mock'),
  answer('a byte order mark and nothing', '\uFEFF'.concat('x')),
  answer('UTF-16 read as UTF-8', '\uFFFD\uFFFD{\u0000"\u0000a\u0000'),
  answer('a web page', '<!doctype html><title>Sign in</title>', 200, { 'content-type': 'text/html' }),
  answer('JSONP', 'callback({"access_token":"x"})', 200, { 'content-type': 'text/javascript' }),
  answer('200 with a refusal in it', '{"status":400,"message":"Invalid token"}'),
  answer('deep nesting', '['.repeat(200_000)),
  answer('400 with a web page', '<h1>Bad Request</h1>', 400, { 'content-type': 'text/html' }),
  answer('400 with nothing', '', 400),
  answer('400 with a number for a message', '{"status":400,"message":42}', 400),
  answer('404 in plain words', '404 page not found\n', 404, { 'content-type': 'text/plain' }),
  answer('418', 'short and stout', 418),
  answer('429 with nothing', '', 429),
  answer('500 with JSON', '{"status":500,"message":"Missing column authorization_id from item map[]"}', 500),
  answer('502 with a web page', '<html>nginx</html>', 502, { 'content-type': 'text/html' }),
  answer('503 with a web page', '<html>Guru Meditation</html>', 503, { 'content-type': 'text/html' }),
  ...[301, 302, 303, 307, 308].map((status) =>
    answer(`a redirect by ${status}`, '', status, { location: 'http://trap.example/' }),
  ),
  answer('a redirect to nowhere', '', 302, {}),
  answer('a status of 199', '', 199),
]

/** For the token endpoint: everything is right but one thing. */
export const forTokens: readonly MalformedAnswer[] = [
  answer('an empty body', ''),
  answer('an empty object', '{}'),
  ...(
    [
      ['no access_token', { access_token: undefined }],
      ['an access_token that is null', { access_token: null }],
      ['an access_token that is a number', { access_token: 42 }],
      ['an access_token that is an object', { access_token: {} }],
      ['an empty access_token', { access_token: '' }],
      ['a newline in the access_token', { access_token: 'x\nCLIENTSECRET=evil' }],
      ['an escape in the access_token', { access_token: 'x\u001b[31m' }],
      ['a NUL in the access_token', { access_token: 'x\u0000' }],
      ['a letter beyond ASCII in the access_token', { access_token: 'tökén' }],
      ['a space in the access_token', { access_token: 'a b' }],
      ['an access_token of 64 KiB and more', { access_token: 'a'.repeat(65_537) }],
      ['a refresh_token that is a number', { refresh_token: 42 }],
      ['a refresh_token that is a list', { refresh_token: ['x'] }],
      ['a newline in the refresh_token', { refresh_token: 'a\nb' }],
      ['no token_type', { token_type: undefined }],
      ['a token_type of mac', { token_type: 'mac' }],
      ['a token_type that is a number', { token_type: 1 }],
      ['an expires_in below zero', { expires_in: -1 }],
      ['half a second in expires_in', { expires_in: 1.5 }],
      ['words in expires_in', { expires_in: 'soon' }],
      ['an expires_in of 2^53', { expires_in: 2 ** 53 }],
      ['an expires_in that is a list', { expires_in: [1] }],
      ['a scope that is a number', { scope: 7 }],
      ['a scope that is an object', { scope: { a: 1 } }],
      ['a list within the scope list', { scope: [['chat:read']] }],
      ['an escape in a scope', { scope: ['chat:\u001bread'] }],
    ] as const
  ).map(([name, change]) =>
    answer(
      name,
      JSON.stringify({ access_token: 'goodtoken', expires_in: 14_000, token_type: 'bearer', ...change }),
    ),
  ),
  answer(
    'an expires_in beyond all numbers',
    '{"access_token":"goodtoken","token_type":"bearer","expires_in":1e999}',
  ),
  answer(
    'members of __proto__',
    '{"__proto__":{"access_token":"goodtoken","token_type":"bearer","expires_in":9}}',
  ),
]

/** For the validate endpoint. */
export const forValidation: readonly MalformedAnswer[] = [
  answer('an empty body', ''),
  answer('an empty object', '{}'),
  ...(
    [
      ['no client_id', { client_id: undefined }],
      ['an empty client_id', { client_id: '' }],
      ['an escape in the client_id', { client_id: 'a\u001b]0;title\u0007' }],
      ['a client_id that is a number', { client_id: 1 }],
      ['a user_id that is a number', { user_id: 42 }],
      ['a login that is a list', { login: ['x'] }],
      ['a newline in the login', { login: 'a\nUser ID: 1' }],
      ['no expires_in', { expires_in: undefined }],
      ['an expires_in below zero', { expires_in: -1 }],
      ['a scopes that is a number', { scopes: 1 }],
      ['an object in the scopes', { scopes: [{}] }],
    ] as const
  ).map(([name, change]) =>
    answer(
      name,
      JSON.stringify({ client_id: 'abc', login: 'x', user_id: '1', scopes: [], expires_in: 100, ...change }),
    ),
  ),
]

/** For the revoke endpoint, where nothing at all is the right answer. */
export const forRevocation: readonly MalformedAnswer[] = [
  answer('an error in an answer that should be empty', '{"error":"nope"}'),
  answer('plain words', 'revoked, trust me', 200, { 'content-type': 'text/plain' }),
]

/** For the device endpoint. */
export const forDevices: readonly MalformedAnswer[] = [
  answer('an empty body', ''),
  answer('an empty object', '{}'),
  answer(
    'no device_code',
    '{"user_code":"BCDFGHJK","expires_in":1800,"interval":5,"verification_uri":"https://www.twitch.tv/activate"}',
  ),
  answer('an escape in the user_code', '{"device_code":"x","user_code":"BCDF\\u001b[31m"}'),
]
