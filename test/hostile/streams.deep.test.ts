// Fifty thousand hostile conversations with each of the two servers: no crash, no hang, no connection left, and a good request is answered as before.

import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { seededApplications } from '../../src/emulator/seeds.ts'
import { amount, recordFigure } from '../support/figures.ts'
import { startIdentityServer } from '../support/identity-server.ts'
import { connect, exchange, freePort, isOpen } from '../support/ports.ts'
import { type Machine, type RunningProgram, createMachine, start } from '../support/program.ts'
import { hasFile } from '../support/tools.ts'
import { createDice } from './dice.ts'
import { type Target, converse, throwStream } from './streams.ts'

const { confidential } = seededApplications
const STREAMS = amount(50_000, 5_000)
const COMMAND = 'npm run torture -- test/hostile/streams.deep.test.ts'
const AT_ONCE = 32
/** In milliseconds. The servers give a request ten seconds, and look once a second. */
const PATIENCE = 13_000
const PROMPT = 50
/** In MiB. */
const LARGEST_GROWTH = 64

const onLinux = hasFile('/proc/self/status')

/** How many sockets a process has open, those that it listens on too. */
function sockets({ child }: RunningProgram): number {
  const folder = `/proc/${child.pid}/fd`
  return readdirSync(folder).filter((name) => isSocket(`${folder}/${name}`)).length
}

function isSocket(link: string): boolean {
  try {
    return readlinkSync(link).startsWith('socket:')
  } catch {
    return false
  }
}

async function eventually(holds: () => boolean, limit: number): Promise<boolean> {
  for (const deadline = performance.now() + limit; performance.now() < deadline;) {
    if (holds()) return true
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return holds()
}

interface Storm {
  readonly seed: number
  readonly streams: number
  readonly hung: number
  readonly answered: Readonly<Record<string, number>>
}

async function storm(target: Target, program: RunningProgram, streams: number): Promise<Storm> {
  const seed = Date.now()
  const dice = createDice(seed)
  const answered: Record<string, number> = {}
  let hung = 0
  let left = streams
  const worker = async (): Promise<void> => {
    while (left-- > 0 && program.child.exitCode === null) {
      const conversation = await converse(target.port, throwStream(dice, target), PATIENCE)
      if (conversation.hung) hung++
      for (const status of conversation.statuses) answered[status] = (answered[status] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return { seed, streams, hung, answered }
}

function memory(program: RunningProgram): number {
  const status = readFileSync(`/proc/${program.child.pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024
}

interface Login {
  readonly program: RunningProgram
  readonly port: number
  readonly url: string
  readonly state: string
  readonly machine: Machine
  readonly server: Awaited<ReturnType<typeof startIdentityServer>>
}

async function beginLogin(): Promise<Login> {
  const server = await startIdentityServer()
  const port = await freePort()
  server.emulator.addApplication({ ...confidential, redirectUris: [`http://localhost:${port}`] })
  const machine = createMachine()
  await machine.run(
    ['configure', '-i', confidential.clientId, '--secret-stdin', '--no-verify', '--auth-url', server.url],
    { input: confidential.clientSecret },
  )
  const program = start(machine, ['token', '-u', '--no-browser', '-p', String(port), '--timeout', '1h'])
  onTestFinished(() => void program.child.kill('SIGKILL'))
  const [url = ''] = await program.tells(/http:\/\/localhost:\d+\/oauth2\/authorize\S+/)
  await program.tells(/Waiting for/)
  return { program, port, url, state: new URL(url).searchParams.get('state') ?? '', machine, server }
}

/** The browser comes back with the code. @returns how long the page took, in milliseconds: exchange, validation and storing */
async function comeBack({ server, port, url }: Login): Promise<number> {
  const { search } = new URL(await server.emulator.approveLogin(url))
  const socket = await connect(port)
  const began = performance.now()
  socket.write(`GET /${search} HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`)
  const page = await new Promise<string>((resolve) =>
    socket.once('data', (data: Buffer) => resolve(data.toString())),
  )
  const took = performance.now() - began
  expect(page).toContain('Feel free to close this browser window.')
  return took
}

/** The least that it took in three times, in milliseconds. */
async function quickest(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let count = 0; count < 3; count++) {
    const began = performance.now()
    await work()
    times.push(performance.now() - began)
  }
  return Math.min(...times)
}

describe.runIf(onLinux)('after a storm of streams', () => {
  test(
    'the callback server still hears the good callback, beside 200 sockets that say nothing',
    { timeout: 1_200_000 },
    async () => {
      const login = await beginLogin()
      const { program, port, server } = login
      const atRest = sockets(program)
      const forged = '/?code=forged&state='
      const paths = [
        `${forged}x`,
        '/?error=access_denied&state=x',
        '/',
        '/?error=redirect_mismatch',
        '/favicon.ico',
      ] as const
      await storm({ port, paths }, program, 2_000)
      const before = memory(program)
      const went = await storm({ port, paths }, program, STREAMS)
      expect(went).toMatchObject({ hung: 0, streams: STREAMS })
      expect(went.answered).not.toHaveProperty('200')
      expect(went.answered).not.toHaveProperty('500')
      expect(await eventually(() => sockets(program) === atRest, PATIENCE)).toBe(true)
      const memoryGrowth = memory(program) - before
      expect(memoryGrowth).toBeLessThan(LARGEST_GROWTH)
      expect(server.requests.filter(({ body }) => body.includes('authorization_code'))).toEqual([])

      for (let index = 0; index < 200; index++)
        await connect(port, index % 2 === 0 ? '' : 'GET /?code=x HTTP/1.1\r\nHost: loc')
      const stranger = `GET / HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`
      expect(await quickest(async () => exchange(port, stranger))).toBeLessThan(PROMPT)
      const took = await comeBack(login)
      expect(await program.ended).toMatchObject({ code: 0, signal: null })
      // On a machine that is busy with other things: not much longer than it takes without a storm.
      expect(took).toBeLessThan(Math.max(PROMPT, 3 * (await comeBack(await beginLogin()))))
      recordFigure({
        area: 'hostile',
        what: 'streams of bytes at the callback server, 32 at a time',
        tried: STREAMS,
        failed: went.hung,
        figure: `the good callback after them, beside 200 silent sockets, was answered in ${took.toFixed(0)} ms; memory grew by ${memoryGrowth.toFixed(1)} MiB`,
        command: COMMAND,
      })
      expect(program.stderr).not.toMatch(/fault of twitch-token|\n\s+at /)
    },
  )

  test('the identity server still answers', { timeout: 1_200_000 }, async () => {
    const machine = createMachine()
    const port = await freePort()
    const program = start(machine, ['mock-auth', 'start', '-p', String(port)])
    onTestFinished(() => void program.child.kill('SIGKILL'))
    while (!(await isOpen(port))) await new Promise((resolve) => setTimeout(resolve, 20))
    const client = `client_id=${confidential.clientId}`
    const paths = [
      '/oauth2/token?x=y',
      `/oauth2/token?${client}&client_secret=${confidential.clientSecret}&grant_type=client_credentials`,
      `/oauth2/authorize?${client}&redirect_uri=http://localhost:3000&response_type=code&scope=chat:read&state=x`,
      `/oauth2/authorize?${client}&redirect_uri=%0d%0a&response_type=code`,
      `/oauth2/device?${client}&scopes=chat:read`,
      '/oauth2/validate?x=y',
      `/auth/revoke?${client}&token=x`,
      '/oauth2/.well-known/openid-configuration?x=y',
      '/activate?device-code=BCDFGHJK',
      '/?x=y',
    ] as const
    const good = `POST /oauth2/token HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n`
    const form = `${client}&client_secret=${confidential.clientSecret}&grant_type=client_credentials`
    const ask = async (): Promise<string> =>
      exchange(port, `${good}Content-Length: ${form.length}\r\n\r\n${form}`)
    expect(await ask()).toContain('access_token')
    await new Promise((resolve) => setTimeout(resolve, 200))
    const atRest = sockets(program)
    await storm({ port, paths }, program, 2_000)
    const before = memory(program)
    const went = await storm({ port, paths }, program, STREAMS)
    expect(went).toMatchObject({ hung: 0, streams: STREAMS })
    expect(went.answered).not.toHaveProperty('500')
    expect(await eventually(() => sockets(program) === atRest, PATIENCE)).toBe(true)
    const memoryGrowth = memory(program) - before
    expect(memoryGrowth).toBeLessThan(LARGEST_GROWTH)
    const took = await quickest(ask)
    expect(took).toBeLessThan(PROMPT)
    recordFigure({
      area: 'hostile',
      what: 'streams of bytes at the local identity server, 32 at a time',
      tried: STREAMS,
      failed: went.hung,
      figure: `the good request after them was answered in ${took.toFixed(0)} ms; memory grew by ${memoryGrowth.toFixed(1)} MiB`,
      command: COMMAND,
    })
    program.child.kill('SIGINT')
    expect(await program.ended).toMatchObject({ code: 130, signal: null })
    expect(program.stderr).not.toMatch(/fault of twitch-token|\n\s+at /)
  })
})

test('of twenty foreign names none gets the callback page, whatever the rest of the request', async () => {
  const { program, port, state, server } = await beginLogin()
  const path = `/?code=forged&state=${state}`
  const own = `localhost:${port}`
  const lines = [
    'evil.example',
    `evil.example:${port}`,
    `localhost.evil.example:${port}`,
    `evil.localhost:${port}`,
    `localhost@evil.example:${port}`,
    `${own}@evil.example`,
    `evil.example#@${own}`,
    `127.0.0.1.evil.example:${port}`,
    `127.0.0.2:${port}`,
    `2130706434:${port}`,
    `0.0.0.0:${port}`,
    `[::2]:${port}`,
    `[::ffff:127.0.0.1]:${port}`,
    'localhost',
    'localhost:1',
    `localhost:${port}0`,
    `local host:${port}`,
    `localhost%2eevil:${port}`,
    '',
    `${own},evil.example`,
    `${own}\r\nHost: evil.example`,
    `evil.example\r\nHost: ${own}`,
    `${own}\r\n host: evil.example`,
    `${own}/evil`,
    `\u202elocalhost:${port}`,
  ].map((host) => `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
  const targets = [
    `http://evil.example${path}`,
    `http://${own}${path}`,
    `//evil.example${path}`,
    `https://${own}${path}`,
  ].map((target) => `GET ${target} HTTP/1.1\r\nHost: ${own}\r\nConnection: close\r\n\r\n`)
  const bare = [
    `GET ${path} HTTP/1.1\r\nConnection: close\r\n\r\n`,
    `GET ${path} HTTP/1.0\r\n\r\n`,
    `GET ${path}\r\n\r\n`,
  ]
  for (const request of [...lines, ...targets, ...bare])
    expect({
      request,
      answer: (await exchange(port, Buffer.from(request, 'latin1'))).slice(0, 15),
    }).toMatchObject({
      answer: expect.stringMatching(/^(HTTP\/1\.1 4\d\d .*)?$/s),
    })
  expect(server.requests).toEqual([])
  program.child.kill('SIGINT')
  expect((await program.ended).code).toBe(130)
})
