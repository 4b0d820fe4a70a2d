// Files on a real disk: modes, owners, links, and what is not a file at all.

import { execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { isMainThread } from 'node:worker_threads'
import { describe, expect, test } from 'vitest'
import type { Files } from '../../src/domain/ports.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { createFiles } from '../../src/platform/files.ts'
import { temporaryFolder } from '../support/program.ts'

const isRoot = process.getuid?.() === 0

function mode(file: string): string {
  return (fs.statSync(file).mode & 0o777).toString(8)
}

function filesIn(privateFolder?: string): Files {
  return createFiles({ clock: systemClock, privateFolder })
}

async function replace(files: Files, file: string, text: string): Promise<void> {
  await files.exclusively(file, async (held) => held.replace(text))
}

describe('files that hold secrets', () => {
  // Only a main thread, which the mutation tests have not, can have another umask than its process began with.
  const umasks = isMainThread ? [0o000, 0o022, 0o077] : [process.umask()]
  test.each(umasks)('are 0600 in folders of 0700 under umask %o', async (umask) => {
    const folder = path.join(temporaryFolder(), 'a', 'b')
    const file = path.join(folder, 'x.env')
    const before = process.umask()
    if (isMainThread) process.umask(umask)
    try {
      await replace(filesIn(), file, 'A=1\n')
    } finally {
      if (isMainThread) process.umask(before)
    }
    expect([mode(file), mode(`${file}.lock`), mode(folder), mode(path.dirname(folder))]).toEqual([
      '600',
      '600',
      '700',
      '700',
    ])
  })

  test('that are too open are tightened, and so is their folder, and both are told', async () => {
    const folder = path.join(temporaryFolder(), 'twitch-cli')
    fs.mkdirSync(folder, { mode: 0o755 })
    const file = path.join(folder, 'x.env')
    fs.writeFileSync(file, 'A=1\n', { mode: 0o644 })
    const found = await filesIn(folder).read(file)
    expect(found?.text).toBe('A=1\n')
    expect(found?.repairs).toEqual([
      { path: file, mode: 0o644 },
      { path: folder, mode: 0o755 },
    ])
    expect([mode(file), mode(folder)]).toEqual(['600', '700'])
    expect((await filesIn(folder).read(file))?.repairs).toEqual([])
  })

  test('in a folder that is not ours leave the folder as it is', async () => {
    const folder = temporaryFolder()
    fs.chmodSync(folder, 0o755)
    const file = path.join(folder, 'x.env')
    fs.writeFileSync(file, '', { mode: 0o600 })
    await filesIn('/somewhere/else').read(file)
    expect(mode(folder)).toBe('755')
  })

  test('replace an open one by a closed one', async () => {
    const file = path.join(temporaryFolder(), 'x.env')
    fs.writeFileSync(file, 'A=1\n', { mode: 0o644 })
    await replace(filesIn(), file, 'A=2\n')
    expect([mode(file), fs.readFileSync(file, 'utf8')]).toEqual(['600', 'A=2\n'])
  })

  test('leave nothing but themselves and the lock behind', async () => {
    const folder = temporaryFolder()
    const file = path.join(folder, 'x.env')
    for (const draft of [`${file}.new`, `${file}.journal.new`])
      fs.writeFileSync(draft, 'left by a process that died')
    await replace(filesIn(), file, 'A=2\n')
    await filesIn().exclusively(file, async () => undefined)
    await expect(filesIn().exclusively(file, async () => Promise.reject(new Error('no')))).rejects.toThrow(
      'no',
    )
    expect(fs.readdirSync(folder).toSorted()).toEqual(['x.env', 'x.env.lock'])
  })

  test('can be replaced twice in one hold, and removed', async () => {
    const file = path.join(temporaryFolder(), 'x.env')
    await filesIn().exclusively(file, async (held) => {
      await held.replace('A=1\n')
      await held.replace('A=2\n')
      expect((await held.read())?.text).toBe('A=2\n')
      await held.remove()
      expect(await held.read()).toBeUndefined()
    })
    expect(fs.existsSync(file)).toBe(false)
  })

  test('behind a link are replaced where they are, and the link stays', async () => {
    const folder = temporaryFolder()
    const target = path.join(folder, 'dotfiles', 'x.env')
    const link = path.join(folder, 'x.env')
    fs.mkdirSync(path.dirname(target))
    fs.writeFileSync(target, 'A=1\n', { mode: 0o600 })
    fs.symlinkSync(target, link)
    await replace(filesIn(), link, 'A=2\n')
    expect(fs.lstatSync(link).isSymbolicLink()).toBe(true)
    expect(fs.readFileSync(target, 'utf8')).toBe('A=2\n')
    expect((await filesIn().read(link))?.text).toBe('A=2\n')
  })

  test.each([
    ['a folder', 'not_a_file', (file: string) => fs.mkdirSync(file)],
    ['a named pipe', 'not_a_file', (file: string) => execFileSync('mkfifo', [file])],
    ['a device', 'not_a_file', (file: string) => fs.symlinkSync('/dev/zero', file)],
    [
      'a gigabyte',
      'file_too_large',
      (file: string) => fs.closeSync(fs.openSync(file, 'w')) ?? fs.truncateSync(file, 2 ** 30),
    ],
  ])('that are %s are refused at once', async (_what, code, make) => {
    const file = path.join(temporaryFolder(), 'x.env')
    make(file)
    await expect(filesIn().read(file)).rejects.toMatchObject({ kind: 'storage', code })
  })

  test.runIf(isRoot)('of another user are not trusted', async () => {
    const file = path.join(temporaryFolder(), 'x.env')
    fs.writeFileSync(file, 'A=1\n', { mode: 0o600 })
    fs.chownSync(file, 12_345, 12_345)
    await expect(filesIn().read(file)).rejects.toMatchObject({ kind: 'storage', code: 'foreign_owner' })
  })

  test('a lock planted as a link is not followed', async () => {
    const folder = temporaryFolder()
    const file = path.join(folder, 'x.env')
    fs.symlinkSync(path.join(folder, 'victim'), `${file}.lock`)
    await expect(replace(filesIn(), file, 'A=1\n')).rejects.toMatchObject({ code: 'link_refused' })
    expect(fs.existsSync(path.join(folder, 'victim'))).toBe(false)
  })
})

describe('the lock', () => {
  test('is seen by another process, names its holder, and is free when the holder is killed', async () => {
    const file = path.join(temporaryFolder(), 'x.env')
    fs.closeSync(fs.openSync(`${file}.lock`, 'w', 0o600))
    // The package's own interface, so that ours is known to take the same lock.
    const holder = spawn(process.execPath, [
      '-e',
      `const fs = require('fs'), { tryLock } = require('fs-native-extensions'), d = fs.openSync(${JSON.stringify(`${file}.lock`)}, 'r+')
       fs.writeSync(d, process.pid + '\\n'); console.log(tryLock(d)); setTimeout(() => {}, 60000)`,
    ])
    const said = await new Promise((resolve) =>
      holder.stdout.once('data', (data: Buffer) => resolve(String(data).trim())),
    )
    expect(said).toBe('true')

    let elapsed = 0
    const hurried = createFiles({
      clock: { ...systemClock, monotonic: () => elapsed, sleep: async (pause) => void (elapsed += pause) },
    })
    const told: string[] = []
    const waited = hurried.exclusively(
      file,
      async () => undefined,
      (who) => told.push(who),
    )
    await expect(waited).rejects.toMatchObject({
      kind: 'busy',
      message: expect.stringContaining(
        `This profile was locked for 45 seconds, at last by process ${holder.pid} (`,
      ),
    })

    expect(told).toEqual([`process ${holder.pid}`])

    holder.kill('SIGKILL')
    await expect(filesIn().exclusively(file, async () => 'mine')).resolves.toBe('mine')
  })

  test('gives up its wait when the program is interrupted', async () => {
    const file = path.join(temporaryFolder(), 'x.env')
    const controller = new AbortController()
    const files = createFiles({ clock: systemClock, signal: () => controller.signal })
    const reason = new Error('interrupted')
    await files.exclusively(file, async () => {
      setTimeout(() => controller.abort(reason), 20)
      await expect(files.exclusively(file, async () => undefined)).rejects.toBe(reason)
    })
  })
})
