// `/activate`: where a user confirms a device login, with the code in the address or typed.

import type { HttpAnswer } from '../../wire/http.ts'
import { consentAnswer, consentForm, consentQuestion } from '../pages/consent.ts'
import { html, page } from '../pages/html.ts'
import type { DeviceCodeRecord, UserRecord } from '../records.ts'
import type { ServerState } from '../server-state.ts'
import { foreignForm, rememberUser, rememberedUser } from '../visitor.ts'
import type { Endpoint } from './endpoint.ts'

const PATH = '/activate'
const CODE = 'device-code'

/** Shows the page for a code, or for typing one. */
export const activate: Endpoint = {
  method: 'GET',
  path: PATH,
  under: 'root',
  answer(read, state) {
    const typed = read.query.get(CODE)
    if (typed === undefined || typed === '') return codePage(200)
    const login = state.logins.pendingDevice(typed)
    return login === undefined ? codePage(404, typed) : confirmPage(login, rememberedUser(read, state), state)
  },
}

/** Takes a typed code, or the user's decision. */
export const confirm: Endpoint = {
  method: 'POST',
  path: PATH,
  under: 'root',
  answer(read, state) {
    const foreign = foreignForm(read)
    if (foreign !== undefined) return foreign
    const typed = read.parameters.get(CODE) ?? ''
    const login = state.logins.pendingDevice(typed)
    if (login === undefined) return codePage(404, typed)
    const user = state.registry.user(read.parameters.get(consentForm.user) ?? '')
    switch (read.parameters.get(consentForm.decision) ?? '') {
      case consentForm.cancel:
        state.logins.decideDevice(login, { kind: 'denied' })
        return donePage('Not connected', 'The device was refused. You can close this window.', {})
      case consentForm.authorize:
        if (user === undefined) return confirmPage(login, undefined, state)
        state.logins.decideDevice(login, { kind: 'approved', userId: user.id })
        state.logins.consent(user.id, login.clientId, login.scopes)
        return donePage(
          'Connected',
          'The device is logged in. You can close this window.',
          rememberUser(user),
        )
      default:
        return confirmPage(login, user, state)
    }
  },
}

function codePage(status: number, unknown?: string): HttpAnswer {
  const alert =
    unknown === undefined
      ? undefined
      : html`<p role="alert">There is no device waiting with the code ${unknown.slice(0, 40)}. It may have expired.</p>`
  const body = html`<h1>Connect a device</h1>
${alert}
<form>
<label>The code that the device shows<input type="text" name="${CODE}" required maxlength="20" autocomplete="off" autocapitalize="characters" spellcheck="false" autofocus></label>
<div class="buttons"><button class="yes">Continue</button></div>
</form>`
  return page(status, 'Connect a device', body)
}

function confirmPage(
  { clientId, scopes, userCode }: DeviceCodeRecord,
  user: UserRecord | undefined,
  { registry }: ServerState,
): HttpAnswer {
  const application = registry.application(clientId)
  if (application === undefined) return codePage(404, userCode)
  const question = { application, users: registry.users, userId: user?.id, scopes }
  const body = html`${consentQuestion(question)}
<p>Is this the code that your device shows? <strong>${userCode}</strong></p>
<form method="post" action="${PATH}">
<input type="hidden" name="${CODE}" value="${userCode}">
${consentAnswer(question)}
</form>`
  return page(200, 'Connect a device', body)
}

function donePage(title: string, words: string, headers: Readonly<Record<string, string>>): HttpAnswer {
  const answer = page(
    200,
    title,
    html`<h1>${title}</h1>
<p>${words}</p>`,
  )
  return { ...answer, headers: { ...answer.headers, ...headers } }
}
