// HTML in which every value is escaped unless it is HTML already, and the frame that all pages share.

import type { HttpAnswer } from '../../wire/http.ts'

/** Text that is HTML. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Value = string | number | Html | readonly Html[] | undefined

/** HTML with values in it. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(parts.map((part, index) => part + markup(values[index])).join(''))
}

/** The path of the stylesheet. */
export const STYLE_PATH = '/mock-auth.css'

/** A page. @param formTarget where a form on it may lead, beside this server: the origin that a redirect goes to */
export function page(status: number, title: string, body: Html, formTarget = ''): HttpAnswer {
  const document = html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Local identity server</title>
<link rel="stylesheet" href="${STYLE_PATH}">
<header>Local identity server <span>not Twitch: nothing here is real</span></header>
<main>
${body}
</main>
</html>
`
  return { status, headers: pageHeaders(formTarget), body: document.text }
}

function pageHeaders(formTarget: string): Readonly<Record<string, string>> {
  const policy = `default-src 'none'; style-src 'self'; form-action 'self' ${formTarget}; frame-ancestors 'none'; base-uri 'none'`
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  }
}

function markup(value: Value): string {
  if (value === undefined) return ''
  if (value instanceof Html) return value.text
  if (typeof value === 'object') return value.map(({ text }) => text).join('')
  return String(value).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)
}
