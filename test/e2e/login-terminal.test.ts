// `twitch token -u` at a real terminal: a pasted address, the QR code, and Ctrl+C at every stage.

import fs from 'node:fs'
import { describe, expect, test } from 'vitest'
import { seededApplications } from '../../src/emulator/seeds.ts'
import { type TestServer, startIdentityServer } from '../support/identity-server.ts'
import { freePort, isOpen } from '../support/ports.ts'
import { type Machine, createMachine } from '../support/program.ts'
import { CTRL_C, ENTER, type PseudoTerminal, openTerminal, shellWords } from '../support/pty.ts'

const { confidential } = seededApplications
const RESTORED = /\bisig icanon iexten echo echoe\b/

interface Setting {
  readonly machine: Machine
  readonly server: TestServer
  readonly port: number
  open(words: readonly string[], environment?: Record<string, string>): PseudoTerminal
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
  return {
    machine,
    server,
    port,
    open: (words, environment) =>
      openTerminal(
        machine,
        // The shell gets the signal too; it is to go on to the words behind.
        `trap : INT; ${shellWords(['token', '-u', '-p', String(port), ...words])}; echo "code=$?"; stty -a`,
        environment,
      ),
  }
}

function plain(screen: string): string {
  // oxlint-disable-next-line no-control-regex
  return screen.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
}

async function authorizeUrl(terminal: PseudoTerminal): Promise<string> {
  await terminal.sees(/Waiting for authorization response/)
  return (
    /http:\/\/localhost:\d+\/oauth2\/authorize\S+/.exec(plain(terminal.screen).replace(/\r\n/g, '\n'))?.[0] ??
    ''
  )
}

describe('an address that is pasted into the terminal', () => {
  test('is taken, after one that is not the right one was turned away', async () => {
    const { machine, server, port, open } = await createSetting()
    const terminal = open(['--no-browser'])
    const url = await authorizeUrl(terminal)
    await terminal.sees('Paste the address that the browser ended at')
    terminal.type(`http://localhost:${port}/?code=forged&state=forged${ENTER}`)
    await terminal.sees('That is not the address this login waits for.')
    await terminal.sees('Paste the address', terminal.screen.indexOf('That is not'))
    terminal.type(`${await server.emulator.approveLogin(url, '100000002')}${ENTER}`)
    await terminal.sees('User Access Token: mock')
    await terminal.sees('code=0')
    await terminal.sees(RESTORED)
    expect(fs.readFileSync(machine.config, 'utf8')).toContain('USERLOGIN=mock_bot\n')
  })

  test('is no longer waited for when the browser comes by itself', async () => {
    const { server, open } = await createSetting()
    const terminal = open(['--no-browser'])
    const url = await authorizeUrl(terminal)
    await terminal.sees('Paste the address')
    await fetch(await server.emulator.approveLogin(url))
    await terminal.sees('User Access Token: mock')
    await terminal.sees('code=0')
    await terminal.sees(RESTORED)
  })

  test('is not asked for where a browser was opened', async () => {
    const { open } = await createSetting()
    const terminal = open([], { BROWSER: '/bin/true' })
    await terminal.sees(/Waiting for authorization response/)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(terminal.screen).not.toContain('Paste')
    terminal.type(CTRL_C)
    await terminal.sees('code=130')
  })
})

describe('Ctrl+C', () => {
  test.each([
    ['while the browser is waited for', ['--no-browser'], 'Paste the address'],
    ['while an opened browser is waited for', ['--open'], 'Waiting for authorization response'],
    ['while a device code waits', ['--dcf', '--no-qr'], 'This system will check'],
  ])('%s: exit 130, the port free, the terminal as it was, nothing stored', async (_stage, words, sight) => {
    const { machine, port, open } = await createSetting()
    const terminal = open(words, { BROWSER: '/bin/true' })
    await terminal.sees(sight)
    terminal.type(CTRL_C)
    await terminal.sees('code=130')
    expect(await isOpen(port)).toBe(false)
    await terminal.sees(RESTORED)
    expect(fs.readFileSync(machine.config, 'utf8')).not.toContain('ACCESSTOKEN')
  })

  test('during the exchange: exit 130, nothing stored', async () => {
    const { machine, server, open } = await createSetting()
    server.interfere = ({ target }) => target === '/oauth2/token'
    const terminal = open(['--open'], { BROWSER: '/bin/true' })
    void fetch(await server.emulator.approveLogin(await authorizeUrl(terminal))).catch(() => undefined)
    await terminal.sees('Closing local server')
    terminal.type(CTRL_C)
    await terminal.sees('code=130')
    await terminal.sees(RESTORED)
    expect(fs.readFileSync(machine.config, 'utf8')).not.toContain('ACCESSTOKEN')
  })
})

describe('the QR code', () => {
  test('is shown at a terminal that can show it, and holds together', async () => {
    const { open } = await createSetting()
    const terminal = open(['--dcf'])
    await terminal.sees('This system will check')
    const rows = plain(terminal.screen)
      .split('\r\n')
      .filter((line) => /^[█▀▄ ]{20,}$/.test(line))
    expect(rows.length).toBeGreaterThan(12)
    expect(new Set(rows.map((row) => row.length)).size).toBe(1)
    terminal.type(CTRL_C)
    await terminal.sees('code=130')
  })

  test.each([
    ['with --no-qr', ['--dcf', '--no-qr'], {}],
    ['at a dumb terminal', ['--dcf'], { TERM: 'dumb' }],
    ['without UTF-8', ['--dcf'], { LANG: 'C' }],
  ])('is not shown %s', async (_what, words, environment) => {
    const { open } = await createSetting()
    const terminal = open(words, environment)
    await terminal.sees('This system will check')
    expect(terminal.screen).not.toContain('█')
    terminal.type(CTRL_C)
    await terminal.sees('code=130')
  })
})
