// The login through the browser, in fake time and without a socket: what counts as an answer, and what never does.

import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { Failure } from '../../src/domain/failure.ts'
import { authorizationCode } from '../../src/flows/authorization-code.ts'
import type { HttpAnswer } from '../../src/wire/http.ts'
import { type TestLogin, type TestLoginOptions, createTestLogin } from '../support/flow.ts'
import { createPatientClock } from '../support/world.ts'

interface Begun {
  readonly login: TestLogin
  readonly ended: Promise<unknown>
  /** The address that the user is to visit. */
  readonly url: string
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await setImmediate()
}

/** Begins a login, and waits until it waits. */
async function begin(
  options: TestLoginOptions = {},
  request: Parameters<TestLogin['run']>[1] = {},
): Promise<Begun> {
  const login = createTestLogin({ clock: createPatientClock(), ...options })
  const ended = login.run(authorizationCode, request).then(
    () => 'logged in',
    (error: unknown) => error,
  )
  await until(() => login.events.some(({ type }) => type === 'waiting'))
  const visit = login.events.find((event) => event.type === 'visit')
  return { login, ended, url: visit?.url ?? '' }
}

/** Goes where the server sends the browser, as the path and query of the callback. */
async function consent({ login, url }: Begun): Promise<string> {
  const { pathname, search } = new URL(await login.emulator.approveLogin(url))
  return pathname + search
}

function exchanges({ requests }: TestLogin): number {
  return requests.filter(({ body }) => body.includes('authorization_code')).length
}

describe('a login', () => {
  test('goes from the address through consent to a token, and the page comes last and tells the truth', async () => {
    const order: string[] = []
    const begun = await begin({ deliver: async () => void order.push('delivered') })
    const page = begun.login.call(await consent(begun)).then((answer) => {
      order.push('page')
      return answer
    })
    expect(await begun.ended).toBe('logged in')
    expect(await page).toMatchObject({
      status: 200,
      body: expect.stringContaining('Feel free to close this browser window.'),
    })
    expect(order).toEqual(['delivered', 'page'])
    expect(begun.login.delivered[0]).toMatchObject({ scopes: ['chat:read'] })
    expect(begun.login.events.map(({ type }) => type)).toEqual(['visit', 'waiting', 'answered'])
    expect(begun.login.server.up).toBe(false)
  })

  test('sends the browser to Twitch with everything the documentation wants, and exchanges with the same redirect URL', async () => {
    const begun = await begin({}, { scopes: ['chat:read', 'chat:edit'], forceVerify: true })
    const { origin, pathname, searchParams } = new URL(begun.url)
    expect(origin + pathname).toBe('https://id.twitch.tv/oauth2/authorize')
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: 'mockconfidentialclient00000001',
      force_verify: 'true',
      redirect_uri: 'http://localhost:3000',
      response_type: 'code',
      scope: 'chat:read chat:edit',
      state: begun.login.state,
    })
    await begun.login.call(await consent(begun))
    const form = new URLSearchParams(begun.login.requests.at(-1)?.body)
    expect(form.get('redirect_uri')).toBe('http://localhost:3000')
    expect(begun.login.requests.map(({ url }) => url).join()).not.toContain(form.get('code'))
  })

  test('has its server up before the browser opens, on all interfaces unless one is named', async () => {
    const upWhenOpened: boolean[] = []
    const logins: TestLogin[] = []
    const openBrowser = async (): Promise<void> => void upWhenOpened.push(logins[0]?.server.up === true)
    logins.push(createTestLogin({ clock: createPatientClock(), openBrowser }))
    void logins[0]?.run(authorizationCode).catch(() => undefined)
    await until(() => upWhenOpened.length === 1)
    expect(upWhenOpened).toEqual([true])
    expect(logins[0]?.server.options).toMatchObject({ address: undefined, port: 3000 })
    const named = await begin({}, { callback: { redirectHost: 'contoso.com', port: 3030, address: '::1' } })
    expect(named.login.server.options).toMatchObject({ address: '::1', port: 3030 })
    expect(new URL(named.url).searchParams.get('redirect_uri')).toBe('http://contoso.com:3030')
  })

  test('goes on with the address alone when the browser can not be opened', async () => {
    const begun = await begin({ openBrowser: async () => Promise.reject(new Error('spawn xdg-open ENOENT')) })
    expect(begun.login.events).toContainEqual({ type: 'browser-failed', reason: 'spawn xdg-open ENOENT' })
    await begun.login.call(await consent(begun))
    expect(await begun.ended).toBe('logged in')
  })

  test('makes a new state of 256 bits each time', async () => {
    const states = new Set<string>()
    for (let count = 0; count < 200; count++) {
      const { login } = await begin()
      states.add(login.state)
      expect(login.state).toMatch(/^[A-Za-z0-9_-]{43}$/)
      login.controller.abort(new Failure('interrupted', 'sigint', 'x'))
    }
    expect(states.size).toBe(200)
  })

  test('of a public application is not begun: it could not end well', async () => {
    const login = createTestLogin()
    const application = { type: 'public', clientId: 'mockpublicclient00000000000001' } as const
    await expect(login.run(authorizationCode, { application })).rejects.toMatchObject({
      kind: 'usage',
      code: 'secret_required',
      hint: expect.stringContaining('--dcf'),
    })
    expect(login.server.options).toBeUndefined()
  })
})

describe('what is not our answer', () => {
  const strangers = (state: string): readonly (readonly [string, number, object?])[] => [
    ['/', 400],
    ['/?code=forged', 400],
    ['/?code=forged&state=', 400],
    ['/?code=forged&state=forged', 400],
    [`/?code=forged&state=${state.slice(0, -1)}`, 400],
    [`/?code=forged&state=${state}x`, 400],
    [`/?code=forged&state=${state.toLowerCase()}`, 400],
    ['/?error=access_denied', 400],
    ['/?error=access_denied&state=forged', 400],
    [`/?state=${state}`, 400],
    [`/?code=&state=${state}`, 400],
    [`/?error=&state=${state}`, 400],
    [`/?code=a&error=b&state=${state}`, 400],
    [`/?code=a&code=b&state=${state}`, 400],
    [`/?code=a&state=${state}&state=${state}`, 400],
    [`/?error=a&error=b&state=${state}`, 400],
    [`/?code=a%0Ab&state=${state}`, 400],
    [`/?code=a&state=${state}&iss=https%3A%2F%2Felsewhere.example`, 400],
    [`/?code=a&state=${state}&iss=`, 400],
    [`/?code=a&state=${state}&iss=https%3A%2F%2Fid.twitch.tv%2Foauth2&iss=x`, 400],
    [`/?error=access_denied&state=${state}&iss=https%3A%2F%2Felsewhere.example`, 400],
    [`/?code=${'a'.repeat(2000)}&state=${state}`, 400],
    [`/favicon.ico?code=a&state=${state}`, 404],
    [`//?code=a&state=${state}`, 404],
    [`/callback?code=a&state=${state}`, 404],
    [`/?code=a&state=${state}`, 405, { method: 'POST' }],
    [`/?code=a&state=${state}`, 405, { method: 'HEAD' }],
    [`/?code=a&state=${state}`, 400, { headers: { 'sec-fetch-dest': 'image', 'sec-fetch-mode': 'no-cors' } }],
    [
      `/?code=a&state=${state}`,
      400,
      { headers: { 'sec-fetch-dest': 'iframe', 'sec-fetch-mode': 'navigate' } },
    ],
    [`/?code=a&state=${state}`, 400, { headers: { 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'cors' } }],
    [`/?code=a&state=${state}`, 400, { headers: { 'sec-purpose': 'prefetch;prerender' } }],
    [`/?code=a&state=${state}`, 400, { headers: { purpose: 'prefetch' } }],
  ]

  test('is turned away, and the wait goes on', async () => {
    const begun = await begin()
    for (const [target, status, request] of strangers(begun.login.state)) {
      const answer = await begun.login.call(target, request)
      expect({ target, status: answer.status }).toEqual({ target, status })
      expect(answer.body).toContain('The login there is still waiting.')
    }
    expect(exchanges(begun.login)).toBe(0)
    await begun.login.call(await consent(begun))
    expect(await begun.ended).toBe('logged in')
    expect(exchanges(begun.login)).toBe(1)
  })

  test('an issuer that is named is the server that the browser was sent to', async () => {
    const begun = await begin()
    await begun.login.call(`${await consent(begun)}&iss=https%3A%2F%2Fid.twitch.tv%2Foauth2`)
    expect(await begun.ended).toBe('logged in')
  })

  test('a hundred thousand times over, does not keep the one good answer from being heard', async () => {
    const begun = await begin()
    const forged = strangers(begun.login.state)
    for (let count = 0; count < 100_000; count++) {
      const [target, status, request] = forged[count % forged.length] ?? ['', 0]
      const answer = await begun.login.call(target, request)
      if (answer.status !== status) throw new Error(`${target} got ${answer.status}`)
    }
    await begun.login.call(await consent(begun))
    expect(await begun.ended).toBe('logged in')
    expect(exchanges(begun.login)).toBe(1)
  }, 60_000)

  test('redirect_mismatch without our state is a hint, and the wait goes on', async () => {
    const begun = await begin()
    const answer = await begun.login.call(
      '/?error=redirect_mismatch&error_description=%3Cscript%3Ealert(1)%3C/script%3E',
    )
    expect(answer.status).toBe(400)
    expect(answer.body).toContain('Error Details: Parameter redirect_uri does not match registered URI')
    expect(answer.body).not.toContain('alert')
    expect(begun.login.events).toContainEqual({
      type: 'redirect-mismatch',
      redirectUri: 'http://localhost:3000',
    })
    await begun.login.call(await consent(begun))
    expect(await begun.ended).toBe('logged in')
  })

  test.each([
    ['localhost:3000', true],
    ['127.0.0.1:3000', true],
    ['[::1]:3000', true],
    ['LOCALHOST:3000', true],
    ['contoso.com:3000', true],
    ['10.1.2.3:3000', true],
    ['localhost', false],
    ['localhost:3001', false],
    ['evil.example:3000', false],
    ['localhost.evil.example:3000', false],
    ['127.0.0.1.evil.example:3000', false],
    ['a.localhost:3000', false],
    ['127.0.0.2:3000', false],
    ['0.0.0.0:3000', false],
    ['10.1.2.4:3000', false],
    ['[::2]:3000', false],
  ])('a request for the host %s is ours: %s', async (host, expected) => {
    const { login } = await begin(
      {},
      { callback: { redirectHost: 'Contoso.com', port: 3000, address: '10.1.2.3' } },
    )
    expect(login.server.options?.acceptsHost(new URL(`http://${host}/`))).toBe(expected)
  })
})

describe('the same answer again', () => {
  test('fifty times at once is one exchange, and every page says the same', async () => {
    const begun = await begin()
    const target = await consent(begun)
    const answers = await Promise.all(Array.from({ length: 50 }, async () => begun.login.call(target)))
    expect(await begun.ended).toBe('logged in')
    expect(exchanges(begun.login)).toBe(1)
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
  })

  test('with another code is not exchanged', async () => {
    const begun = await begin()
    const good = begun.login.call(await consent(begun))
    const second = begun.login.call(`/?code=another&state=${begun.login.state}`)
    await Promise.all([good, second])
    expect(exchanges(begun.login)).toBe(1)
    expect(begun.login.delivered).toHaveLength(1)
  })
})

describe('a refusal', () => {
  test('by the user ends the login, with a page that says so', async () => {
    const begun = await begin()
    const { search } = new URL(await begun.login.emulator.denyLogin(begun.url))
    const page = await begun.login.call(`/${search}`)
    expect(page.body).toContain('Error! access_denied')
    expect(page.body).toContain('Error Details: The user denied you access')
    expect(await begun.ended).toMatchObject({
      kind: 'denied',
      code: 'access_denied',
      message: 'Twitch refused the login: access_denied: The user denied you access.',
    })
    expect(exchanges(begun.login)).toBe(0)
  })

  test('redirect_mismatch with our state says what to put into the developer console', async () => {
    const begun = await begin()
    const page = await begun.login.call(
      `/?error=redirect_mismatch&error_description=Parameter+redirect_uri+does+not+match+registered+URI&state=${begun.login.state}`,
    )
    expect(page.body).toContain('Error! redirect_mismatch')
    expect(page.body).toContain('value="http://localhost:3000"')
    expect(await begun.ended).toMatchObject({
      kind: 'denied',
      code: 'redirect_mismatch',
      hint: expect.stringContaining('make http://localhost:3000 the first OAuth Redirect URL'),
    })
  })

  test('is printed without what could move a terminal', async () => {
    const begun = await begin()
    await begun.login.call(
      `/?error=%1b%5d0%3bx%07&error_description=a%0d%0ab%1b%5b31m&state=${begun.login.state}`,
    )
    expect(await begun.ended).toMatchObject({
      code: 'refused',
      message: 'Twitch refused the login: ]0;x: a b [31m.',
    })
  })
})

describe('an exchange that fails', () => {
  const refusal = (status: number, message: string): HttpAnswer => ({
    status,
    headers: {},
    body: JSON.stringify({ status, message }),
  })

  test.each([
    [403, 'invalid client secret', 'invalid_client_secret', undefined],
    [400, 'Invalid authorization code', 'invalid_authorization_code', 'The code had been used'],
    [400, 'Invalid client credentials', 'invalid_client_credentials', '--dcf'],
    [400, 'missing client secret', 'missing_client_secret', '--dcf'],
    [
      400,
      'Parameter redirect_uri does not match registered URI',
      'parameter_redirect_uri_does_not_match',
      'http://localhost:3000',
    ],
  ])(
    '%d %s: Twitch’s words in the terminal and on the page, and the next step',
    async (status, message, code, hint) => {
      const begun = await begin({
        http: (request) =>
          request.body.includes('authorization_code') ? Promise.resolve(refusal(status, message)) : undefined,
      })
      const page = await begun.login.call(await consent(begun))
      expect(page.body).toContain(
        code.startsWith('parameter') ? 'Error! redirect_mismatch' : `Error! ${code}`,
      )
      expect(page.body).toContain(message)
      expect(page.body).not.toContain('Feel free')
      const failure = await begun.ended
      expect(failure).toMatchObject({ kind: 'denied', code, message: expect.stringContaining(message) })
      if (hint !== undefined) expect(failure).toMatchObject({ hint: expect.stringContaining(hint) })
      expect(begun.login.delivered).toEqual([])
      expect(begun.login.server.up).toBe(false)
    },
  )

  test('because the token can not be kept is shown as what it is', async () => {
    const begun = await begin({
      deliver: async () => Promise.reject(new Failure('storage', 'disk_full', 'The disk is full.')),
    })
    expect((await begun.login.call(await consent(begun))).body).toContain('Error! disk_full')
    expect(await begun.ended).toMatchObject({ kind: 'storage', code: 'disk_full' })
  })
})

describe('a wait that ends', () => {
  test('by the clock', async () => {
    const begun = await begin({}, { timeoutMilliseconds: 90_000 })
    begun.login.clock.advance(89_999)
    await setImmediate()
    expect(begun.login.server.up).toBe(true)
    begun.login.clock.advance(1)
    expect(await begun.ended).toMatchObject({
      kind: 'expired',
      code: 'login_timed_out',
      message: 'Nobody came back from the browser within 90 seconds.',
      hint: expect.stringContaining('--dcf'),
    })
    expect(begun.login.server.up).toBe(false)
  })

  test('by a signal', async () => {
    const begun = await begin()
    const reason = new Failure('interrupted', 'sigint', 'Interrupted.')
    begun.login.controller.abort(reason)
    expect(await begun.ended).toBe(reason)
    expect(begun.login.server.up).toBe(false)
  })
})

describe('an address that is pasted', () => {
  test('is as good as a callback, and checked by the same rules', async () => {
    const pastes: ((address: string) => void)[] = []
    const askForAddress = async (): Promise<string> => new Promise((resolve) => pastes.push(resolve))
    const begun = await begin({ askForAddress }, { acceptPaste: true, openBrowser: false })
    const target = await consent(begun)
    const { state } = begun.login
    for (const wrong of [
      '',
      'nonsense',
      'http://localhost:3000/',
      `http://localhost:3000/?code=x&state=forged`,
      `http://evil.example:3000/?code=x&state=${state}`,
      `http://localhost:3001/?code=x&state=${state}`,
      `http://localhost:3000/cb?code=x&state=${state}`,
    ]) {
      pastes.shift()?.(wrong)
      await until(() => pastes.length === 1)
    }
    expect(begun.login.events.filter(({ type }) => type === 'paste-refused')).toHaveLength(7)
    pastes.shift()?.(`  localhost:3000${target}\n`)
    expect(await begun.ended).toBe('logged in')
    expect(exchanges(begun.login)).toBe(1)
  })

  test('is no longer asked for once the browser has come', async () => {
    let asked: AbortSignal | undefined
    const askForAddress = async (signal: AbortSignal): Promise<string> => {
      asked = signal
      return new Promise(() => undefined)
    }
    const begun = await begin({ askForAddress }, { acceptPaste: true })
    await begun.login.call(await consent(begun))
    expect(await begun.ended).toBe('logged in')
    expect(asked?.aborted).toBe(true)
  })
})
