// The local identity server: inside the process with --mock, and as a program of its own.

import fs from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Machine, type RunResult, createMachine, temporaryFolder } from '../support/program.ts'

/** Starts the server, does something while it is up, and stops it by a signal. */
async function whileServing(
  machine: Machine,
  words: readonly string[],
  work: (started: {
    url: string
    applications: { client_id: string; client_secret: string | null }[]
    users: { login: string }[]
  }) => Promise<void>,
  signal: NodeJS.Signals = 'SIGINT',
): Promise<RunResult> {
  let working: Promise<void> | undefined
  const result = await machine.run(['mock-auth', 'start', '-p', '0', '--json', ...words], {
    onStart: (child) => {
      let text = ''
      child.stdout?.on('data', (data: Buffer) => {
        text += String(data)
        if (!text.endsWith('}\n')) return
        working = work(JSON.parse(text) as never).finally(() => child.kill(signal))
      })
    },
  })
  await working
  return result
}

/** A request with a path and headers that are sent as they are. */
async function rawRequest(port: number, lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = net.connect(port, '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n`))
    socket.on('data', (data) => (text += String(data)))
    socket.on('close', () => resolve(text)).on('error', reject)
  })
}

test('twitch token --mock works on a fresh machine, and so does everything after it', async () => {
  const machine = createMachine()
  const first = await machine.run(['token', '--mock'])
  expect(first.code).toBe(0)
  const [, token = ''] = /App Access Token: (mock\w{26})/.exec(first.stdout) ?? []
  expect(token).not.toBe('')
  expect((await machine.run(['token', '--mock', '-v', token])).stdout).toContain(
    'Token Type: App Access Token',
  )
  expect((await machine.run(['token', '--mock', '-r', token])).code).toBe(0)
  expect((await machine.run(['token', '--mock', '-v', token])).code).toBe(4)
  expect(fs.existsSync(machine.config)).toBe(false)
  for (const file of [machine.profile('mock'), path.join(path.dirname(machine.config), 'mock-auth.json')]) {
    expect((fs.statSync(file).mode & 0o777).toString(8)).toBe('600')
  }
})

test('twenty at once share one state', async () => {
  const machine = createMachine()
  const runs = await Promise.all(
    Array.from({ length: 20 }, async () => machine.run(['token', '--mock', '-q'])),
  )
  const tokens = runs.map(({ stdout }) => stdout.trim())
  expect(new Set(tokens).size).toBe(20)
  for (const token of tokens) expect((await machine.run(['token', '--mock', '-v', token, '-q'])).code).toBe(0)
}, 60_000)

describe('mock-auth start', () => {
  test('prints what to paste, serves it, and stops with the signal’s exit code', async () => {
    const machine = createMachine()
    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ] as const) {
      let port = 0
      const result = await whileServing(
        machine,
        [],
        async ({ url, applications, users }) => {
          port = Number(new URL(url).port)
          expect(users.map(({ login }) => login)).toContain('mock_streamer')
          const [application] = applications
          const words = [
            'configure',
            '-i',
            application?.client_id ?? '',
            '--secret-stdin',
            '--auth-url',
            url,
            '--profile',
            `p${code}`,
          ]
          expect((await machine.run(words, { input: application?.client_secret ?? '' })).code).toBe(0)
          expect((await machine.run(['token', '--profile', `p${code}`])).code).toBe(0)
        },
        signal,
      )
      expect(result).toMatchObject({ code, stderr: '' })
      await expect(rawRequest(port, ['GET / HTTP/1.1', 'Host: localhost'])).rejects.toMatchObject({
        code: 'ECONNREFUSED',
      })
    }
  })

  test('speaks to people too', async () => {
    const machine = createMachine()
    const { stdout, code } = await machine.run(['mock-auth', 'start', '-p', '0'], {
      onStart: (child) => child.stdout?.once('data', () => child.kill('SIGINT')),
    })
    expect(code).toBe(130)
    expect(stdout).toMatch(
      /^Local identity server \(not Twitch\) at http:\/\/localhost:\d+\/oauth2\. Press Ctrl\+C to stop\.\n/,
    )
    expect(stdout).toContain('twitch configure --profile local --auth-url http://localhost:')
  })

  test('keeps what it issued in a file', async () => {
    const machine = createMachine()
    const state = path.join(temporaryFolder(), 'state.json')
    let token = ''
    await whileServing(machine, ['--state', state], async ({ url, applications: [application] }) => {
      const words = [
        'token',
        '-q',
        '--auth-url',
        url,
        '--client-id',
        application?.client_id ?? '',
        '--secret-stdin',
      ]
      token = (await machine.run(words, { input: application?.client_secret ?? '' })).stdout.trim()
    })
    await whileServing(machine, ['--state', state], async ({ url }) => {
      expect((await machine.run(['token', '-v', token, '--auth-url', url])).code).toBe(0)
    })
  })

  test('is not reached by a name that is not this machine’s, nor as a proxy', async () => {
    await whileServing(createMachine(), [], async ({ url }) => {
      const port = Number(new URL(url).port)
      const status = async (...lines: string[]): Promise<string> =>
        (await rawRequest(port, [...lines, 'Connection: close'])).split(' ')[1] ?? ''
      expect(await status('GET /oauth2/validate HTTP/1.1', `Host: localhost:${port}`)).toBe('401')
      expect(await status('GET /oauth2/validate HTTP/1.1', `Host: 127.0.0.1:${port}`)).toBe('401')
      for (const host of [
        'evil.example',
        `evil.example:${port}`,
        'localhost.evil.example',
        '127.0.0.1.nip.io',
        '10.0.0.1',
      ]) {
        expect(await status('GET /oauth2/validate HTTP/1.1', `Host: ${host}`)).toBe('421')
      }
      expect(await status('GET /oauth2/validate HTTP/1.1', 'Host: localhost', 'Host: evil.example')).toBe(
        '400',
      )
      expect(await status('GET http://evil.example/oauth2/validate HTTP/1.1', 'Host: localhost')).toBe('400')
      expect(await status('GET //evil.example/oauth2/validate HTTP/1.1', 'Host: localhost')).toBe('400')
    })
  })

  test('says when its port is taken: exit 8', async () => {
    const other = http.createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as net.AddressInfo
    const { code, stderr } = await createMachine().run(['mock-auth', 'start', '-p', String(port)])
    other.close()
    expect(code).toBe(8)
    expect(stderr).toContain(`error: Port ${port} of 127.0.0.1 is taken by another program.\n`)
  })

  test.each([
    ['-p', '65536'],
    ['-p', 'x'],
    ['--ip', '203.0.113.9'],
  ])('refuses %s %s: exit 2', async (...words) => {
    expect((await createMachine().run(['mock-auth', 'start', '-p', '0', ...words])).code).toBe(2)
  })

  test('refuses a state file that is something else, and leaves it', async () => {
    const state = path.join(temporaryFolder(), 'state.json')
    fs.writeFileSync(state, 'precious', { mode: 0o600 })
    const { code, stderr } = await createMachine().run(['mock-auth', 'start', '-p', '0', '--state', state])
    expect(code).toBe(3)
    expect(stderr).toContain('does not hold the state of a local identity server')
    expect(fs.readFileSync(state, 'utf8')).toBe('precious')
  })
})
