// The activation page and the other pages of the identity server, in real Chromium.

import fs from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seededApplications } from '../../src/emulator/seeds.ts'
import { hasChromium, launchChromium, openPage, picture } from '../support/chromium.ts'
import { type TestServer, startIdentityServer } from '../support/identity-server.ts'
import { type Machine, type RunningProgram, createMachine, start } from '../support/program.ts'
import { xssPayloads } from '../support/xss.ts'

interface DeviceLogin {
  readonly machine: Machine
  readonly server: TestServer
  readonly program: RunningProgram
  readonly url: string
  readonly userCode: string
}

async function begin(): Promise<DeviceLogin> {
  const server = await startIdentityServer(undefined, { deviceIntervalSeconds: 1 })
  const machine = createMachine()
  await machine.run([
    'configure',
    '-i',
    seededApplications.public.clientId,
    '--public',
    '--auth-url',
    server.url,
  ])
  const program = start(machine, ['token', '-u', '--dcf', '-s', 'chat:read chat:edit'])
  const [, url = '', userCode = ''] = await program.tells(/log in: (\S+)\n.*above URL: ([A-Z]{8})\n/)
  return { machine, server, program, url, userCode }
}

describe.runIf(hasChromium)('in Chromium', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(async () => browser.close())

  test('the code in the address: confirm, and the program has its token', async () => {
    const { machine, program, url, userCode } = await begin()
    const page = await openPage(browser)
    await page.goto(url)
    expect(await page.getByRole('main').textContent()).toContain(
      `Is this the code that your device shows? ${userCode}`,
    )
    await picture(page, 'activation')
    await page.getByLabel('Mock_Viewer').check()
    await page.getByRole('button', { name: 'Authorize' }).click()
    await page.getByRole('heading', { name: 'Connected' }).waitFor()
    await picture(page, 'connected')
    expect((await program.ended).code).toBe(0)
    expect(fs.readFileSync(machine.config, 'utf8')).toContain('USERLOGIN=mock_viewer\n')
  })

  test('the code typed, in small letters and with a dash', async () => {
    const { program, server, userCode } = await begin()
    const page = await openPage(browser)
    await page.goto(`http://localhost:${server.port}/activate`)
    await picture(page, 'activation-typed')
    await page
      .getByLabel('The code that the device shows')
      .fill(`${userCode.slice(0, 4)}-${userCode.slice(4)}`.toLowerCase())
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Authorize' }).click()
    await page.getByRole('heading', { name: 'Connected' }).waitFor()
    expect((await program.ended).code).toBe(0)
  })

  test('refused: the page says so, and the program waits on, as with Twitch', async () => {
    const { program, url } = await begin()
    const page = await openPage(browser)
    await page.goto(url)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('heading', { name: 'Not connected' }).waitFor()
    await picture(page, 'not-connected')
    program.child.kill('SIGINT')
    expect((await program.ended).code).toBe(130)
  })

  test('a code that nobody waits for', async () => {
    const { server, program } = await begin()
    const page = await openPage(browser)
    await page.goto(`http://localhost:${server.port}/activate?device-code=ZZZZZZZZ`)
    expect(await page.getByRole('alert').textContent()).toContain(
      'There is no device waiting with the code ZZZZZZZZ.',
    )
    await picture(page, 'activation-unknown')
    program.child.kill('SIGINT')
    await program.ended
  })

  test('nothing that is typed or sent to the server’s pages runs', async () => {
    const { server, program, url } = await begin()
    server.emulator.addApplication({
      ...seededApplications.public,
      clientId: 'xss',
      name: xssPayloads[0] ?? '',
    })
    const page = await openPage(browser)
    const incidents: string[] = []
    page.on('dialog', (dialog) => {
      incidents.push(dialog.message())
      void dialog.dismiss()
    })
    page.on('console', (message) => {
      if (message.text().includes('pwned')) incidents.push(message.text())
    })
    for (const payload of xssPayloads.filter((_, index) => index % 10 === 0)) {
      await page.goto(
        `http://localhost:${server.port}/activate?${new URLSearchParams({ 'device-code': payload }).toString()}`,
      )
      await page.goto(
        `${server.url}/authorize?${new URLSearchParams({ client_id: 'xss', redirect_uri: 'http://localhost:3000', response_type: 'code', scope: payload, state: payload }).toString()}`,
      )
    }
    await page.goto(
      `${server.url}/authorize?client_id=xss&redirect_uri=http%3A%2F%2Flocalhost%3A3000&response_type=code`,
    )
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(
      `${xssPayloads[0]} wants to use your account`,
    )
    await page.goto(`http://localhost:${server.port}/`)
    await picture(page, 'home')
    await page.goto(url)
    expect(incidents).toEqual([])
    program.child.kill('SIGINT')
    await program.ended
  })

  test('a form of another site is turned away', async () => {
    const { server, program, url, userCode } = await begin()
    const page = await openPage(browser)
    const other = await startIdentityServer()
    other.interfere = (_request, response) => {
      response.setHeader('content-type', 'text/html')
      response.end(
        `<form method="post" action="http://localhost:${server.port}/activate"><input name="device-code" value="${userCode}"><input name="user" value="100000001"><input name="decision" value="authorize"><button>go</button></form>`,
      )
      return true
    }
    await page.goto(`http://127.0.0.1:${other.port}/`)
    await page.getByRole('button').click()
    await page.getByText('This form came from another site').waitFor()
    await page.goto(url)
    await page.getByRole('button', { name: 'Authorize' }).waitFor()
    program.child.kill('SIGINT')
    await program.ended
  })
})
