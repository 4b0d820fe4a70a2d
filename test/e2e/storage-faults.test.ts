// Storage that fails: exit 3, the old token where it was, and the refresh token not spent.

import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createMachine, temporaryFolder } from '../support/program.ts'
import { type StoredUser, createStoredUser } from '../support/stored-user.ts'

/** Only root can give files away, and mount file systems, which a container may keep it from. */
const isRoot = process.getuid?.() === 0
const canMount = isRoot && mayMount()

const PRINT = ['token', 'print'] as const

function mayMount(): boolean {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'twitch-token-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', folder], { stdio: 'ignore' })
    execFileSync('umount', [folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  } finally {
    fs.rmdirSync(folder)
  }
}

/** Mounts a small file system, until the test is over. */
function mount(folder: string, options: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder])
  onTestFinished(() => void execFileSync('umount', ['-l', folder]))
}

/** Somebody whose expired token is in a folder of its own file system. */
async function createUserOn(size: string): Promise<StoredUser & { folder: string }> {
  const user = await createStoredUser({ secondsLeft: -10 })
  const folder = path.dirname(user.machine.config)
  const text = fs.readFileSync(user.machine.config)
  mount(folder, `size=${size},mode=0700`)
  fs.writeFileSync(user.machine.config, text, { mode: 0o600 })
  return { ...user, folder }
}

/** A print that fails for want of storage, before anything was sent, and leaves the file as it was. */
async function expectRefused({ machine, server }: StoredUser, message: RegExp): Promise<void> {
  const before = fs.readFileSync(machine.config)
  const { code, stdout, stderr } = await machine.run(PRINT)
  expect({ code, stdout, sent: server.requests.length }).toEqual({ code: 3, stdout: '', sent: 0 })
  expect(stderr).toMatch(/^error: [^\n]+\nhint: [^\n]+\n$/)
  expect(stderr).toMatch(message)
  expect(fs.readFileSync(machine.config)).toEqual(before)
}

describe.skipIf(!canMount)('a file system', () => {
  test('that is full', async () => {
    const user = await createUserOn('64k')
    const filler = path.join(user.folder, 'filler')
    expect(() => fs.writeFileSync(filler, Buffer.alloc(100_000))).toThrow('ENOSPC')
    await expectRefused(user, /can't be written: the disk is full\./)
    expect(fs.readdirSync(user.folder).filter((name) => name.endsWith('.new'))).toEqual([])
    fs.rmSync(filler)
    expect((await user.machine.run(PRINT)).code).toBe(0)
  })

  test('that has no room for another file', async () => {
    const user = await createUserOn('1m,nr_inodes=3')
    fs.writeFileSync(path.join(user.folder, 'filler'), '')
    await expectRefused(user, /can't be written: the disk is full\./)
  })

  test('that is read-only', async () => {
    const user = await createUserOn('1m')
    execFileSync('mount', ['-o', 'remount,ro', user.folder])
    await expectRefused(user, /can't be written: the file system is read-only\./)
  })

  test('that is read-only does not matter for a token that lasts', async () => {
    const { machine, tokens } = await createStoredUser({ secondsLeft: 3600 })
    execFileSync('chmod', ['-R', 'a-w', path.dirname(machine.config)])
    expect(await machine.run(PRINT)).toMatchObject({ code: 0, stdout: `${tokens.accessToken}\n`, stderr: '' })
  })
})

describe.skipIf(!isRoot)('another user', () => {
  test('owns the file: it is not trusted', async () => {
    const user = await createStoredUser({ secondsLeft: -10 })
    fs.chownSync(user.machine.config, 54_321, 54_321)
    await expectRefused(user, /belongs to another user \(54321\)/)
  })

  test('owns the folder, and we may not write there', async () => {
    const user = await createStoredUser({ secondsLeft: -10 })
    const { machine, server } = user
    const folder = path.dirname(machine.config)
    execFileSync('chmod', ['0711', machine.home, path.join(machine.home, '.config')])
    fs.chmodSync(folder, 0o755)
    fs.chownSync(machine.config, 54_321, 54_321)
    const before = fs.readFileSync(machine.config)
    const as = ['setpriv', '--reuid=54321', '--regid=54321', '--clear-groups', process.execPath]
    const { code, stderr } = await machine.command([...as, path.resolve('dist/twitch.cjs'), ...PRINT])
    expect({ code, sent: server.requests.length }).toEqual({ code: 3, sent: 0 })
    expect(stderr).toMatch(/can't be (written|read): this user has no permission\./)
    expect(fs.readFileSync(machine.config)).toEqual(before)
  })
})

describe('a configuration that is no file of ours', () => {
  test.each<[string, (file: string) => void, RegExp]>([
    ['a named pipe', (file) => void execFileSync('mkfifo', [file]), /is not a regular file/],
    ['a folder', (file) => fs.mkdirSync(file), /is not a regular file|it is a folder/],
    ['a device', (file) => fs.symlinkSync('/dev/zero', file), /is not a regular file/],
    [
      'a gigabyte',
      (file) => (fs.writeFileSync(file, ''), fs.truncateSync(file, 2 ** 30)),
      /is larger than 1 MiB/,
    ],
    ['a link to itself', (file) => fs.symlinkSync(file, file), /can't be (read|written): /],
    ['damaged', (file) => fs.writeFileSync(file, 'CLIENTID=abc\nnonsense\n', { mode: 0o600 }), /line 2/],
  ])('is %s: refused at once', async (_name, make, message) => {
    const machine = createMachine()
    const file = path.join(temporaryFolder(), 'config.env')
    make(file)
    const began = performance.now()
    for (const words of [PRINT, ['token'], ['token', 'status'], ['token', 'logout']]) {
      const { code, stdout, stderr } = await machine.run([...words, '--config', file])
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
      expect(stderr).toMatch(message)
      expect(stderr).toMatch(/^error: [^\n]+\nhint: [^\n]+\n$/)
    }
    expect(performance.now() - began).toBeLessThan(5000)
  })
})

describe('a process', () => {
  test('that may open no more files', async () => {
    const user = await createStoredUser({ secondsLeft: -10 })
    const { machine, server } = user
    const before = fs.readFileSync(machine.config)
    const line = `ulimit -n 20; exec "${process.execPath}" "${path.resolve('dist/twitch.cjs')}" token print`
    const { code, stderr } = await machine.command(['/bin/bash', '-c', line])
    // Whichever file is the one too many: ours, or the socket.
    expect([0, 3, 6]).toContain(code)
    if (code !== 0) expect(stderr).toMatch(/^error: [^\n]+\nhint: [^\n]+\n$/)
    if (code === 3) expect(server.requests).toEqual([])
    if (code !== 0) expect(fs.readFileSync(machine.config)).toEqual(before)
  })

  test.skipIf(!isRoot)('that has no home', async () => {
    const machine = createMachine({ HOME: undefined })
    const as = ['setpriv', '--reuid=54321', '--regid=54321', '--clear-groups', process.execPath]
    const command = [...as, path.resolve('dist/twitch.cjs'), 'token', 'print']
    const { code, stderr } = await machine.command(command)
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr:
        'error: There is no folder to keep the configuration in: neither HOME nor XDG_CONFIG_HOME is set.\nhint: Set one of them, or name a file with --config FILE\n',
    })
    const file = path.join(temporaryFolder(), 'config.env')
    fs.chmodSync(path.dirname(file), 0o777)
    expect((await machine.command([...command, '--config', file])).code).toBe(2)
  })

  test('whose home is no folder', async () => {
    const file = path.join(temporaryFolder(), 'home')
    fs.writeFileSync(file, '')
    const { code, stderr } = await createMachine({ HOME: file }).run(['token', '--mock'])
    expect(code).toBe(3)
    expect(stderr).toMatch(/can't be (read|written): a part of the path is not a folder\./)
  })
})
