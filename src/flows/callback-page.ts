// The pages that the browser ends at: what happened, and what to do now. Static but for escaped words.

import { printable } from '../domain/printable.ts'
import type { HttpAnswer } from '../wire/http.ts'

/** The login worked, and the token is stored. */
export function successPage(): HttpAnswer {
  return page(200, 'Logged in', ['<h1>Logged in</h1>', '<p>Feel free to close this browser window.</p>'])
}

/** What a failure is called on its page. */
export interface PageFailure {
  readonly error: string
  readonly details: string
  /** What to do about it. */
  readonly advice: string
  /** The redirect URL, ready to be copied, where it is the matter. */
  readonly redirectUri?: string | undefined
}

/** The login failed. */
export function failurePage(
  status: number,
  { error, details, advice, redirectUri }: PageFailure,
): HttpAnswer {
  return page(status, 'Not logged in', [
    `<h1>Error! ${escape(error)}</h1>`,
    ...(details === '' ? [] : [`<p>Error Details: ${escape(details)}</p>`]),
    `<p>${escape(advice)}</p>`,
    ...(redirectUri === undefined
      ? []
      : [
          `<p><label for="redirect">OAuth Redirect URL</label><input id="redirect" readonly value="${escape(redirectUri)}"></p>`,
        ]),
  ])
}

/** What anybody else gets. */
export function strangerPage(status: number): HttpAnswer {
  return page(status, 'Nothing here', [
    '<h1>Nothing here</h1>',
    '<p>This page is for the answer to a login that was begun in a terminal. The login there is still waiting.</p>',
  ])
}

/** Text with nothing in it that HTML takes for markup, at most 500 characters of it. */
function escape(text: string): string {
  return printable(text).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)
}

function page(status: number, title: string, body: readonly string[]): HttpAnswer {
  return {
    status,
    headers: pageHeaders,
    body: [
      '<!doctype html>',
      '<html lang="en">',
      '<meta charset="utf-8">',
      '<meta name="viewport" content="width=device-width, initial-scale=1">',
      `<title>${title} · twitch token</title>`,
      `<style>${style}</style>`,
      `<main>${body.join('\n')}</main>`,
      `<script>${script}</script>`,
      '',
    ].join('\n'),
  }
}

/** Takes the code out of the address bar and the history. RFC 9700 §4.3.1. */
export const script = "history.replaceState(null, '', '/')"

/** Light and dark, wide and narrow. */
export const style = `
:root { color-scheme: light dark; font: 1.125rem/1.6 system-ui, sans-serif; --ink: #18181b; --paper: #fafafa; --card: #fff; --line: #d4d4d8; --accent: #772ce8 }
@media (prefers-color-scheme: dark) { :root { --ink: #efeff1; --paper: #0e0e10; --card: #18181b; --line: #3f3f46; --accent: #bf94ff } }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper); color: var(--ink) }
main { box-sizing: border-box; width: min(34rem, 100% - 2rem); margin: 2rem 1rem; padding: 2rem; background: var(--card); border: 1px solid var(--line); border-top: 4px solid var(--accent); border-radius: .5rem }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.3; overflow-wrap: anywhere }
p { margin: .5rem 0; overflow-wrap: anywhere }
label { display: block; margin-top: 1rem; font-size: .9rem }
input { box-sizing: border-box; width: 100%; padding: .5rem; font: .95rem ui-monospace, monospace; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: .25rem }
input:focus-visible { outline: 3px solid var(--accent) }
`

// The hashes are of the two constants above; a test holds them to it.
const SCRIPT_HASH = 'sha256-MzkHxY//j+L5tZrJD2btP//8fZmsE8GzOnL++M2oBqI='
const STYLE_HASH = 'sha256-ldDEAJg3EyswkX+FcBZy5EYm7C6VoJxvmfK+yMWU8D4='

const pageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src '${STYLE_HASH}'; script-src '${SCRIPT_HASH}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  connection: 'close',
}
