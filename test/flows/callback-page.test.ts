// The pages that the browser ends at: what they say, that nothing in them can run, and that their policy fits them.

import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { failurePage, script, strangerPage, style, successPage } from '../../src/flows/callback-page.ts'

function sha256(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

const failure = failurePage(200, {
  error: 'some_error',
  details: 'Some details',
  advice: 'Some advice',
  redirectUri: 'http://localhost:3000',
})

describe.each([
  ['success', successPage()],
  ['failure', failure],
  ['stranger', strangerPage(404)],
])('the page for %s', (_name, { headers, body }) => {
  test('has a policy that lets its own style and script run, and nothing else', () => {
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; style-src ${sha256(style)}; script-src ${sha256(script)}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
    )
    expect(body).toContain(`<style>${style}</style>`)
    expect(body).toContain(`<script>${script}</script>`)
  })

  test('has every header that a page with a credential in its address needs', () => {
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      connection: 'close',
    })
  })

  test('points at nothing outside itself', () => {
    expect(body).not.toMatch(/\b(?:src|href|action)=/)
    expect(body).toContain('<html lang="en">')
    expect(body).toContain('name="viewport"')
  })
})

test('success tells the user to close the window, in the official words', () => {
  expect(successPage().body).toContain('Feel free to close this browser window.')
})

test('failure has the official words, and the redirect URL ready to copy', () => {
  expect(failure.body).toContain('Error! some_error')
  expect(failure.body).toContain('Error Details: Some details')
  expect(failure.body).toContain('<input id="redirect" readonly value="http://localhost:3000">')
})

test('whatever the words, the markup around them stays the same', () => {
  const skeleton = (body: string): string =>
    body.replace(/<main>[^]*<\/main>/, (main) => main.replace(/>[^<]*</g, '><').replace(/value="[^"]*"/, ''))
  const plain = skeleton(failurePage(200, { error: 'a', details: 'b', advice: 'c', redirectUri: 'd' }).body)
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom(...'<>"\'`&;/= \n\u0000\u202e'),
      fc.constantFrom('<script>', '</main>', 'onerror=', 'javascript:'),
    ),
    minLength: 1,
    maxLength: 200,
  })
  fc.assert(
    fc.property(text, text, (error, details) => {
      fc.pre(details.trim() !== '')
      expect(
        skeleton(failurePage(200, { error, details, advice: 'c', redirectUri: error }).body).replace(
          '<p>Error Details: </p>',
          '<p></p>',
        ),
      ).toBe(plain)
    }),
    { numRuns: 2_000 },
  )
})
