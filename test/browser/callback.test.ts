// The login through the browser in real Chromium: the built program, the identity server's pages, the page at the end.

import fs from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { seededApplications } from '../../src/emulator/seeds.ts'
import { hasChromium, launchChromium, openPage, picture, watch } from '../support/chromium.ts'
import { type TestServer, startIdentityServer } from '../support/identity-server.ts'
import { freePort } from '../support/ports.ts'
import { type Machine, type RunningProgram, createMachine, start } from '../support/program.ts'

const { confidential } = seededApplications

/** Whether nothing has to be scrolled sideways. */
const FITS = 'document.documentElement.scrollWidth <= window.innerWidth'

interface Login {
  readonly machine: Machine
  readonly server: TestServer
  readonly port: number
  readonly program: RunningProgram
  readonly url: string
}

interface Setting {
  readonly machine: Machine
  readonly server: TestServer
  readonly port: number
}

async function createSetting(): Promise<Setting> {
  const server = await startIdentityServer(undefined, { deviceIntervalSeconds: 1 })
  const port = await freePort()
  server.emulator.addApplication({ ...confidential, redirectUris: [`http://localhost:${port}`] })
  const machine = createMachine()
  await machine.run(
    ['configure', '-i', confidential.clientId, '--secret-stdin', '--no-verify', '--auth-url', server.url],
    { input: confidential.clientSecret },
  )
  return { machine, server, port }
}

async function begin(setting: Setting, words: readonly string[] = []): Promise<Login> {
  const program = start(setting.machine, [
    'token',
    '-u',
    '--no-browser',
    '-p',
    String(setting.port),
    '-s',
    'chat:read channel:manage:polls user:read:email moderator:manage:banned_users',
    ...words,
  ])
  const [url = ''] = await program.tells(/http:\/\/localhost:\d+\/oauth2\/authorize\S+/)
  await program.tells(/Waiting for/)
  return { ...setting, program, url }
}

describe.runIf(hasChromium)('in Chromium', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(async () => browser.close())

  test('consent, callback, success page, token stored; the code is gone from the address bar', async () => {
    const login = await begin(await createSetting())
    const page = await openPage(browser)
    const { incidents } = watch(page)
    await page.goto(login.url)
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      'Mock Confidential wants to use your account',
    )
    expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual([
      'Account',
      'Channel',
      'Chat',
      'Moderation',
    ])
    await picture(page, 'consent')
    await page.getByLabel('Mock_Bot').check()
    await page.getByRole('button', { name: 'Authorize' }).click()
    await page.getByText('Feel free to close this browser window.').waitFor()
    await picture(page, 'success')
    expect(page.url()).toBe(`http://localhost:${login.port}/`)
    expect((await login.program.ended).code).toBe(0)
    expect(fs.readFileSync(login.machine.config, 'utf8')).toContain('USERLOGIN=mock_bot\n')
    expect(incidents).toEqual([])
  })

  test('by keyboard alone', async () => {
    const login = await begin(await createSetting())
    const page = await openPage(browser)
    await page.goto(login.url)
    await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement?.textContent')).toBe('Authorize')
    await page.keyboard.press('Enter')
    await page.getByText('Feel free to close this browser window.').waitFor()
    await login.program.ended
    expect(fs.readFileSync(login.machine.config, 'utf8')).toContain('USERLOGIN=mock_bot\n')
  })

  test('Cancel: the page and the terminal say who refused', async () => {
    const login = await begin(await createSetting())
    const page = await openPage(browser)
    await page.goto(login.url)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('Error! access_denied').waitFor()
    expect(await page.getByText('Error Details:').textContent()).toBe(
      'Error Details: The user denied you access',
    )
    await picture(page, 'denied')
    expect(await login.program.ended).toMatchObject({ code: 4 })
  })

  test('a redirect URL that is not registered: the page shows it, ready to copy', async () => {
    const setting = await createSetting()
    // Twitch sends the browser to the first registered URL: here that is where the program waits, by another name.
    setting.server.emulator.addApplication({
      ...confidential,
      redirectUris: [`http://127.0.0.1:${setting.port}`],
    })
    const login = await begin(setting)
    const page = await openPage(browser)
    await page.goto(login.url)
    await page.getByText('Error! redirect_mismatch').waitFor()
    expect(await page.getByText('Error Details:').textContent()).toBe(
      'Error Details: Parameter redirect_uri does not match registered URI',
    )
    expect(await page.getByLabel('OAuth Redirect URL').inputValue()).toBe(`http://localhost:${setting.port}`)
    await picture(page, 'redirect-mismatch')
    expect(await login.program.ended).toMatchObject({
      code: 4,
      stderr: expect.stringContaining(`make http://localhost:${setting.port} the first OAuth Redirect URL`),
    })
  })

  test('an exchange that fails: the page does not say that it worked', async () => {
    const login = await begin(await createSetting())
    login.server.emulator.script.next('/token', {
      status: 403,
      body: { status: 403, message: 'invalid client secret' },
    })
    const page = await openPage(browser)
    await page.goto(login.url)
    await page.getByRole('button', { name: 'Authorize' }).click()
    await page.getByText('Error! invalid_client_secret').waitFor()
    expect(await page.content()).not.toContain('Feel free')
    await picture(page, 'exchange-failed')
    expect((await login.program.ended).code).toBe(4)
  })

  test('authorised before: straight back; with --forceverify the question comes again', async () => {
    const setting = await createSetting()
    const page = await openPage(browser)
    const first = await begin(setting)
    await page.goto(first.url)
    await page.getByRole('button', { name: 'Authorize' }).click()
    await page.getByText('Feel free').waitFor()
    await first.program.ended
    const second = await begin(setting)
    await page.goto(second.url)
    await page.getByText('Feel free').waitFor()
    expect((await second.program.ended).code).toBe(0)
    const third = await begin(setting, ['--forceverify'])
    await page.goto(third.url)
    await page.getByRole('button', { name: 'Authorize' }).click()
    await page.getByText('Feel free').waitFor()
    expect((await third.program.ended).code).toBe(0)
  })

  test('images, frames and scripts of another site reach nothing, and the login goes on', async () => {
    const login = await begin(await createSetting())
    const state = new URL(login.url).searchParams.get('state') ?? ''
    const page = await openPage(browser)
    const target = `http://localhost:${login.port}/?code=forged&state=${state}`
    await page.setContent(
      `<img src="${target}"><iframe src="${target}"></iframe><script src="${target}"></script><link rel="prefetch" href="${target}">`,
    )
    await page.evaluate(async (url) => fetch(url, { mode: 'no-cors' }).catch(() => undefined), target)
    await page.waitForTimeout(300)
    expect(login.server.requests.filter(({ body }) => body.includes('authorization_code'))).toEqual([])
    await page.goto(login.url)
    await page.getByRole('button', { name: 'Authorize' }).click()
    await page.getByText('Feel free').waitFor()
    expect((await login.program.ended).code).toBe(0)
  })

  test('a page of another name that leads to this machine reads nothing', async () => {
    const login = await begin(await createSetting())
    const rebinding = await launchChromium(['--host-resolver-rules=MAP evil.test 127.0.0.1'])
    onTestFinished(async () => rebinding.close())
    const page = await openPage(rebinding)
    const state = new URL(login.url).searchParams.get('state') ?? ''
    for (const port of [login.port, login.server.port]) {
      const answer = await page.goto(`http://evil.test:${port}/?code=forged&state=${state}`)
      if (port === login.port) {
        expect(answer?.status()).toBe(421)
        expect(await page.evaluate(async () => (await fetch('/')).text())).toBe('Misdirected Request\n')
      }
    }
    login.program.child.kill('SIGINT')
    await login.program.ended
    expect(login.server.requests.filter(({ body }) => body.includes('authorization_code'))).toEqual([])
  })

  test.each([
    ['dark', { colorScheme: 'dark' }],
    ['phone', { viewport: { width: 360, height: 640 }, isMobile: true }],
  ] as const)('pages are whole in %s', async (name, options) => {
    const login = await begin(await createSetting())
    const page = await openPage(browser, options)
    await page.goto(login.url)
    expect(await page.evaluate(FITS)).toBe(true)
    await picture(page, `consent-${name}`)
    await page.getByRole('button', { name: 'Authorize' }).click()
    await page.getByText('Feel free').waitFor()
    expect(await page.evaluate(FITS)).toBe(true)
    await picture(page, `success-${name}`)
    await login.program.ended
  })
})
