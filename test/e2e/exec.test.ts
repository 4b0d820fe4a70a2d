// `token exec` as a process: the program's streams, signals, exit code and environment are its own.

import { describe, expect, test } from 'vitest'
import { type Machine, createMachine, start } from '../support/program.ts'
import { CTRL_C, openTerminal, shellWords } from '../support/pty.ts'

/** A machine with an app token of the local identity server. */
async function createLoggedIn(): Promise<Machine & { token: string }> {
  const machine = createMachine()
  const { stdout } = await machine.run(['token', '-q', '--mock'])
  return Object.assign(machine, { token: stdout.trim() })
}

const exec = (...words: readonly string[]): readonly string[] => ['token', 'exec', '--mock', '--', ...words]
const node = (script: string): readonly string[] => exec(process.execPath, '-e', script)

describe('a program that is run', () => {
  test('ends with its own exit code', async () => {
    const machine = await createLoggedIn()
    for (const code of [0, 1, 7, 255])
      expect(await machine.run(exec('sh', '-c', `exit ${code}`))).toMatchObject({
        code,
        stdout: '',
        stderr: '',
      })
  })

  test('reads and writes bytes of its own, a megabyte of them', async () => {
    const machine = await createLoggedIn()
    const input = Buffer.alloc(1024 * 1024, 'all 256 values \u0000\u0001\u00fe\u00ff')
    const { code, stdout, stderr } = await machine.run(exec('cat'), { input })
    expect({ code, stderr, same: stdout === input.toString() }).toEqual({ code: 0, stderr: '', same: true })
  })

  test('has the token in its environment, what we were not told about as it was, and no secret', async () => {
    const machine = await createLoggedIn()
    const { stdout } = await machine.run(exec('env'), {
      env: {
        TWITCH_CLIENT_SECRET: 'canary-client-secret',
        TWITCH_REFRESHTOKEN: 'canary-refresh-token',
        TWITCH_EVENTSUB_SECRET: 'its-own',
        GREETING: 'hello',
      },
    })
    const environment = stdout.split('\n')
    expect(environment).toContain(`TWITCH_ACCESS_TOKEN=${machine.token}`)
    expect(environment).toContain('TWITCH_CLIENT_ID=mockconfidentialclient00000001')
    expect(environment).toContain('TWITCH_EVENTSUB_SECRET=its-own')
    expect(environment).toContain('GREETING=hello')
    expect(stdout).not.toMatch(/canary|mockconfidentialsecret|REFRESH|CLIENT_?SECRET/)
  })

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR2'] as const)('gets %s', async (signal) => {
    const machine = await createLoggedIn()
    const script = `process.on('${signal}', () => { process.stdout.write('got it'); process.exit(9) }); process.stderr.write('ready'); setInterval(() => {}, 1000)`
    const running = start(machine, node(script))
    await running.tells(/ready/)
    running.child.kill(signal)
    expect(await running.ended).toMatchObject({ code: 9, signal: null, stdout: 'got it' })
  })

  test.each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)('dies of %s, and so do we', async (signal) => {
    const machine = await createLoggedIn()
    const ended = await machine.run(
      node(`process.kill(process.pid, '${signal}'); setInterval(() => {}, 1000)`),
    )
    expect({ code: ended.code, signal: ended.signal }).toEqual({ code: null, signal })
  })

  test('gets the Ctrl+C of its terminal once, and ends when it likes', async () => {
    const machine = await createLoggedIn()
    const script = `let count = 0; process.on('SIGINT', () => { count++; setTimeout(() => { console.log('count', count); process.exit(3) }, 300) }); console.log('ready'); setInterval(() => {}, 1000)`
    const terminal = openTerminal(machine, `${shellWords(node(script))}; echo "code $?"`)
    await terminal.sees('ready')
    terminal.type(CTRL_C)
    await terminal.sees(/count \S*1/)
    await terminal.sees('code 3')
  })

  test('is at a terminal when we are', async () => {
    const machine = await createLoggedIn()
    const terminal = openTerminal(
      machine,
      shellWords(exec('sh', '-c', 'test -t 0 && test -t 1 && test -t 2 && echo yes')),
    )
    await terminal.sees('yes')
    expect(await terminal.ended).toBe(0)
  })

  test('that there is not, or that is none, is told as a shell does', async () => {
    const machine = await createLoggedIn()
    expect(await machine.run(exec('no-such-program'))).toMatchObject({
      code: 127,
      stderr: expect.stringMatching(/^error: There is no program "no-such-program"\.\nhint: .+\n$/) as string,
    })
    expect(await machine.run(exec(machine.profile('mock')))).toMatchObject({
      code: 126,
      stderr: expect.stringMatching(/^error: .+ can't be run \(EACCES\)\.\nhint: .+\n$/) as string,
    })
  })

  test('is not run when there is no token', async () => {
    const machine = createMachine()
    const { code, stdout } = await machine.run(['token', 'exec', '--', 'echo', 'ran'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })
})

test('a shell sees that a signal ended the program', async () => {
  const machine = await createLoggedIn()
  const command = `${shellWords(exec('sh', '-c', 'kill -TERM $$'))}; echo "code $?"`
  const { stdout } = await machine.command(['/bin/bash', '-c', command])
  expect(stdout).toBe('code 143\n')
})
