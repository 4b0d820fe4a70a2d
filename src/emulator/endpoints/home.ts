// `/`: what this server is, for whoever opens it in a browser; and the stylesheet of its pages.

import { type Html, STYLE_PATH, html, page } from '../pages/html.ts'
import { style } from '../pages/style.ts'
import type { ApplicationRecord } from '../records.ts'
import type { Endpoint } from './endpoint.ts'

/** Lists what can be pasted. */
export const home: Endpoint = {
  method: 'GET',
  path: '/',
  under: 'root',
  answer(read, { registry }) {
    const body = html`<h1>This server answers as Twitch’s identity service does</h1>
<p>Put <code>${read.origin}/oauth2</code> where <code>https://id.twitch.tv/oauth2</code> stands. To connect a device, go to <a href="/activate">/activate</a>.</p>
${registry.applications.map(applicationCard)}
<h2>Users</h2>
<ul>${registry.users.map(({ displayName, id }) => html`<li>${displayName} <span class="small">${id}</span></li>`)}</ul>`
    return page(200, 'Welcome', body)
  },
}

function applicationCard({ name, clientId, clientSecret, redirectUris }: ApplicationRecord): Html {
  const secret =
    clientSecret === undefined ? html`none: the application is public` : html`<code>${clientSecret}</code>`
  return html`<h2>${name}</h2>
<dl>
<dt>Client ID</dt><dd><code>${clientId}</code></dd>
<dt>Client Secret</dt><dd>${secret}</dd>
<dt>Redirect URLs</dt><dd><code>${redirectUris.join(', ')}</code></dd>
</dl>
`
}

/** The stylesheet. */
export const stylesheet: Endpoint = {
  method: 'GET',
  path: STYLE_PATH,
  under: 'root',
  answer: () => ({
    status: 200,
    headers: { 'content-type': 'text/css; charset=utf-8', 'x-content-type-options': 'nosniff' },
    body: style,
  }),
}
