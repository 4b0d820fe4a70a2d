// Prompts at a real terminal: what is shown, what is not, and how the terminal is left.

import fs from 'node:fs'
import { describe, expect, test } from 'vitest'
import { seededApplications } from '../../src/emulator/seeds.ts'
import { startIdentityServer } from '../support/identity-server.ts'
import { type Machine, createMachine } from '../support/program.ts'
import { CTRL_C, ENTER, type PseudoTerminal, openTerminal, shellWords } from '../support/pty.ts'

const { clientId, clientSecret } = seededApplications.confidential

/** Runs the words, then shows the exit code and whether the terminal echoes. */
function atTerminal(
  machine: Machine,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): PseudoTerminal {
  return openTerminal(machine, `${shellWords(words)}; echo "code=$?"; stty -a`, environment)
}

const RESTORED = /\bisig icanon iexten echo echoe\b/

describe('twitch configure at a terminal', () => {
  test('asks for both, hides the secret, stores them', async () => {
    const machine = createMachine()
    const { url } = await startIdentityServer()
    const terminal = atTerminal(machine, ['configure', '--auth-url', url])
    await terminal.sees('Client ID')
    terminal.type(clientId + ENTER)
    await terminal.sees('Client Secret')
    terminal.type(clientSecret + ENTER)
    await terminal.sees('Updated configuration.')
    await terminal.sees('code=0')
    await terminal.sees(RESTORED)
    expect(terminal.screen).not.toContain(clientSecret)
    expect(fs.readFileSync(machine.config, 'utf8')).toContain(`CLIENTSECRET=${clientSecret}\n`)
  })

  test('asks again when nothing was typed', async () => {
    const terminal = atTerminal(createMachine(), ['configure'])
    await terminal.sees('Client ID')
    terminal.type(ENTER)
    await terminal.sees('The Client ID is empty.')
    terminal.type(CTRL_C)
    await terminal.sees('code=130')
  })

  test.each([
    ['the first prompt', [] as string[], [] as string[]],
    ['the second prompt', [clientId + ENTER], ['Client Secret']],
    ['the second prompt, half typed', [clientId + ENTER, 'halfasecret'], ['Client Secret']],
  ])(
    'interrupted at %s: nothing stored, exit 130, the terminal as it was',
    async (_where, typed, prompts) => {
      const machine = createMachine()
      await machine.run(['configure', '-i', 'before', '--public', '--no-verify'])
      const before = fs.readFileSync(machine.config, 'utf8')
      const terminal = atTerminal(machine, ['configure'])
      await terminal.sees('Client ID')
      for (const [index, text] of typed.entries()) {
        terminal.type(text)
        const prompt = prompts[index]
        if (prompt !== undefined) await terminal.sees(prompt)
      }
      terminal.type(CTRL_C)
      await terminal.sees('code=130')
      await terminal.sees(RESTORED)
      expect(terminal.screen).toContain('Nothing was stored.')
      expect(terminal.screen).not.toContain('halfasecret')
      expect(fs.readFileSync(machine.config, 'utf8')).toBe(before)
    },
  )

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])('ended by %s at the prompt: exit %d, the terminal as it was', async (signal, code) => {
    const machine = createMachine()
    const terminal = openTerminal(
      machine,
      `set -m; ${shellWords(['configure'])} & child=$!; (sleep 0.7; kill -${signal} $child) & fg %1; echo "code=$?"; stty -a`,
      {},
    )
    await terminal.sees('code=')
    await terminal.ended
    expect(terminal.screen).toContain(`code=${code}`)
    await terminal.sees(RESTORED)
    expect(fs.existsSync(machine.config)).toBe(false)
  })
})

describe('twitch token at a terminal', () => {
  test('without credentials configures, then goes on', async () => {
    const machine = createMachine()
    const { url } = await startIdentityServer()
    const terminal = atTerminal(machine, ['token'], { TWITCH_AUTH_URL: url })
    await terminal.sees('No Client ID or Secret found in configuration. Triggering configuration now.')
    await terminal.sees('Client ID', terminal.screen.indexOf('Triggering'))
    terminal.type(clientId + ENTER)
    await terminal.sees('Client Secret')
    terminal.type(clientSecret + ENTER)
    await terminal.sees(/App Access Token: mock\w{26}/)
    await terminal.sees('code=0')
  })

  test('-v - asks for the token, and hides it', async () => {
    const machine = createMachine()
    const { url, emulator } = await startIdentityServer()
    const { accessToken } = emulator.issueUserToken(clientId, '100000001', [])
    const terminal = atTerminal(machine, ['token', '-v', '-', '--auth-url', url])
    await terminal.sees('Token')
    terminal.type(accessToken + ENTER)
    await terminal.sees('User Login: mock_streamer')
    expect(terminal.screen).not.toContain(accessToken)
  })
})
