// What is sent reads back as what was meant, and credentials stand where they belong.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { authorizeUrl, createRequestEncoder } from '../../src/client/encode.ts'
import { twitch } from '../../src/domain/identity-server.ts'
import { Secret } from '../../src/domain/secret.ts'

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    'a&b=c',
    'a+b',
    '#',
    '?',
    '%00',
    'javascript:x',
    "');--",
    '$(x)',
    '`x`',
    '-x',
    'http://x/#y',
  ),
)
/** Lone surrogates have no spelling in UTF-8. */
const whole = text.filter((each) => Buffer.from(each).toString() === each)

test('the address that a browser opens is on the server, and says what was meant and nothing more', () => {
  fc.assert(
    fc.property(
      whole,
      whole,
      fc.array(whole, { maxLength: 4 }),
      whole,
      fc.boolean(),
      (clientId, redirectUri, scopes, state, forceVerify) => {
        const url = authorizeUrl(twitch, {
          clientId,
          redirectUri,
          scopes,
          state: new Secret(state),
          forceVerify,
        })
        // Printable, without anything that a shell, a terminal or a browser would take for the end of it.
        expect(url).toMatch(/^https:\/\/id\.twitch\.tv\/oauth2\/authorize\?[A-Za-z0-9%&=+._*-]+$/)
        const { origin, pathname, hash, searchParams } = new URL(url)
        expect({ origin, pathname, hash }).toEqual({
          origin: 'https://id.twitch.tv',
          pathname: '/oauth2/authorize',
          hash: '',
        })
        expect([...searchParams].toSorted(([one], [other]) => (one < other ? -1 : 1))).toEqual([
          ['client_id', clientId],
          ['force_verify', String(forceVerify)],
          ['redirect_uri', redirectUri],
          ['response_type', 'code'],
          ['scope', scopes.join(' ')],
          ['state', state],
        ])
      },
    ),
    { numRuns: 1_000 },
  )
})

test('no credential is in an address, and every form reads back', () => {
  const secret = fc.stringMatching(/^[!-~]{12,40}$/)
  const encode = createRequestEncoder(twitch, 'test')
  fc.assert(
    fc.property(secret, secret, secret, (clientSecret, one, other) => {
      const application = {
        type: 'confidential',
        clientId: 'abc',
        clientSecret: new Secret(clientSecret),
      } as const
      const requests = [
        encode.clientCredentials(application),
        encode.refreshToken(application, new Secret(one)),
        encode.authorizationCode(application, new Secret(one), 'http://localhost:3000'),
        encode.deviceCode('abc', new Secret(one), [other]),
        encode.device('abc', [other]),
        encode.revoke('abc', new Secret(one)),
        encode.validate(new Secret(one)),
      ]
      for (const { url, headers, body } of requests) {
        expect(url).toMatch(/^https:\/\/id\.twitch\.tv\/oauth2\/[a-z]+$/)
        const { authorization = '', ...others } = headers
        expect(JSON.stringify(others)).not.toContain(one)
        expect(['', `OAuth ${one}`]).toContain(authorization)
        for (const [name, value] of new URLSearchParams(body))
          if (name === 'client_secret') expect(value).toBe(clientSecret)
          else if (/^(refresh_token|code|device_code|token)$/.test(name)) expect(value).toBe(one)
      }
    }),
    { numRuns: 200 },
  )
})
