// What a user is asked: whether an application may have these scopes. Shared by the authorize page and the activation page.

import { type ScopeEntry, retiredScopes, scopes } from '../../wire/scopes.ts'
import { OPENID } from '../open-id.ts'
import type { ApplicationRecord, UserRecord } from '../records.ts'
import { type Html, html } from './html.ts'

/** What a page asks consent for. */
export interface ConsentQuestion {
  readonly application: ApplicationRecord
  readonly users: readonly UserRecord[]
  /** Who is chosen at first. */
  readonly userId: string | undefined
  readonly scopes: readonly string[]
}

/** The names of the form's fields, and the values of its buttons. */
export const consentForm = {
  user: 'user',
  decision: 'decision',
  authorize: 'authorize',
  cancel: 'cancel',
} as const

/** The part of the page that says who asks for what. */
export function consentQuestion({ application, scopes: asked }: ConsentQuestion): Html {
  return html`<h1>${application.name} wants to use your account</h1>
<p>${asked.length === 0 ? 'It asks for no permission but to know who you are.' : 'It asks for permission to:'}</p>
${areas(asked).map(areaList)}`
}

/** The part of the form that asks who is there, and what they say. */
export function consentAnswer({ users, userId }: ConsentQuestion): Html {
  const chosen = userId ?? users[0]?.id
  return html`<fieldset>
<legend>Log in as</legend>
${users.map((user) => userChoice(user, user.id === chosen))}</fieldset>
<div class="buttons">
<button class="yes" name="${consentForm.decision}" value="${consentForm.authorize}">Authorize</button>
<button name="${consentForm.decision}" value="${consentForm.cancel}" formnovalidate>Cancel</button>
</div>`
}

function userChoice({ id, displayName }: UserRecord, chosen: boolean): Html {
  const checked = chosen ? html` checked` : undefined
  return html`<label><input type="radio" name="${consentForm.user}" value="${id}"${checked} required>${displayName} <span class="small">${id}</span></label>
`
}

function areaList({ title, entries }: Area): Html {
  return html`<h2>${title}</h2>
<ul>${entries.map(({ name, description }) => html`<li>${description} <code>${name}</code></li>`)}</ul>
`
}

const AREAS: Readonly<Record<string, string>> = {
  analytics: 'Analytics',
  bits: 'Bits',
  channel: 'Channel',
  chat: 'Chat',
  clips: 'Clips',
  editor: 'Editing',
  moderation: 'Moderation',
  moderator: 'Moderation',
  openid: 'Identity',
  user: 'Account',
  whispers: 'Whispers',
}

interface Area {
  readonly title: string
  readonly entries: readonly ScopeEntry[]
}

function areas(names: readonly string[]): readonly Area[] {
  const byTitle = new Map<string, ScopeEntry[]>()
  for (const entry of names.flatMap(entriesOf)) {
    const title = AREAS[entry.name.split(/[:_]/)[0] ?? ''] ?? 'Other'
    byTitle.set(title, [...(byTitle.get(title) ?? []), entry])
  }
  return [...byTitle]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([title, entries]) => ({ title, entries }))
}

/** Twitch lists e-mail and picture for `openid`, whether they were asked for or not. */
function entriesOf(name: string): readonly ScopeEntry[] {
  if (name === OPENID) return [{ name, description: 'Know your e-mail address and your picture.' }]
  const known = [...scopes, ...retiredScopes].find((entry) => entry.name === name)
  return [known ?? { name, description: 'Do something that this server knows no words for.' }]
}
