// Files on a real disk: modes, owners, links, and what is not a file at all.

import { execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
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
    await expect(filesIn().read(file)).rejects.toMatchObject({
      kind: 'storage',
      code,
      message: expect.stringMatching(
        / is (not a regular file|larger than 1 MiB: it is not one of ours)\.$/,
      ) as string,
    })
  })

  test('that are a socket are refused, and not taken for none', async () => {
    const file = path.join(temporaryFolder(), 'x.env')
    const server = net.createServer()
    await new Promise<void>((resolve) => server.listen(file, resolve))
    await expect(filesIn().read(file)).rejects.toMatchObject({
      code: 'not_a_file',
      message: `${file} can't be read: it is not a regular file.`,
    })
    server.close()
  })

  test('may be a mebibyte large, and no more', async () => {
    const file = path.join(temporaryFolder(), 'x.env')
    fs.writeFileSync(file, '#'.repeat(2 ** 20), { mode: 0o600 })
    expect((await filesIn().read(file))?.text).toHaveLength(2 ** 20)
    fs.appendFileSync(file, '#')
    await expect(filesIn().read(file)).rejects.toMatchObject({
      message: `${file} is larger than 1 MiB: it is not one of ours.`,
    })
  })

  test('that are not there are none, and a path that can not be is a fault', async () => {
    const folder = temporaryFolder()
    const file = path.join(folder, 'x.env')
    expect(await filesIn().read(file)).toBeUndefined()
    fs.writeFileSync(file, '', { mode: 0o600 })
    const under = path.join(file, 'y.env')
    await expect(filesIn().read(under)).rejects.toMatchObject({
      kind: 'storage',
      message: `${under} can't be read: a part of the path is not a folder.`,
    })
    await expect(replace(filesIn(), under, 'A=1\n')).rejects.toMatchObject({
      kind: 'storage',
      message: expect.stringMatching(/ can't be written: /) as string,
    })
  })

  test('are listed by name: none where there is no folder, and a fault where there is another thing', async () => {
    const folder = temporaryFolder()
    const list = async (of: string): Promise<string[]> => {
      const names: string[] = []
      for await (const name of filesIn().list(of)) names.push(name)
      return names.toSorted()
    }
    for (const name of ['b', 'a']) fs.writeFileSync(path.join(folder, name), '')
    expect(await list(folder)).toEqual(['a', 'b'])
    expect(await list(path.join(folder, 'missing'))).toEqual([])
    const file = path.join(folder, 'a')
    await expect(list(file)).rejects.toMatchObject({
      message: `${file} can't be read: a part of the path is not a folder.`,
    })
  })

  test('whose place is taken by a folder meanwhile are told of, by what was to be done', async () => {
    const file = path.join(temporaryFolder(), 'x.env')
    const fault = { kind: 'storage', message: expect.stringContaining("x.env can't be written: ") as string }
    await filesIn().exclusively(file, async (held) => {
      fs.mkdirSync(file)
      await expect(held.replace('A=1\n')).rejects.toMatchObject(fault)
      await expect(held.remove()).rejects.toMatchObject(fault)
      await expect(held.read()).rejects.toMatchObject({ message: `${file} is not a regular file.` })
      fs.mkdirSync(`${file}.journal`)
      await expect(held.replaceJournal('x')).rejects.toMatchObject({
        message: expect.stringContaining("x.env.journal can't be written: ") as string,
      })
    })
    // Nothing but what was planted, and the lock.
    expect(fs.readdirSync(path.dirname(file)).toSorted()).toEqual(['x.env', 'x.env.journal', 'x.env.lock'])
  })

  test('have room made for them: what they hold, and 16 KiB more, in a draft that is gone afterwards', async () => {
    const file = path.join(temporaryFolder(), 'x.env')
    fs.writeFileSync(file, '#'.repeat(1000), { mode: 0o600 })
    const sizes: number[] = []
    await filesIn().exclusively(file, async (held) => {
      expect(fs.existsSync(`${file}.new`)).toBe(false)
      await held.reserve()
      sizes.push(fs.statSync(`${file}.new`).size)
      expect([fs.statSync(file).size, mode(`${file}.new`)]).toEqual([1000, '600'])
    })
    expect(sizes).toEqual([1000 + 16 * 1024])
    expect(fs.existsSync(`${file}.new`)).toBe(false)
    await filesIn().exclusively(file, async (held) => {
      await held.reserve()
      await held.replace('A=1\n')
      await held.replaceJournal('journal')
      await held.replaceJournal('j')
    })
    expect(fs.readFileSync(file, 'utf8')).toBe('A=1\n')
    expect((await filesIn().read(file))?.journal).toBe('j')
  })

  test('of which no room can be had are left as they are', async () => {
    const file = path.join(temporaryFolder(), 'x.env')
    fs.writeFileSync(file, 'A=1\n', { mode: 0o600 })
    await filesIn().exclusively(file, async (held) => {
      fs.mkdirSync(`${file}.new`)
      await expect(held.reserve()).rejects.toMatchObject({
        kind: 'storage',
        message: expect.stringContaining("x.env can't be written: ") as string,
      })
    })
    expect(fs.readFileSync(file, 'utf8')).toBe('A=1\n')
  })

  test('leave no descriptor open', async () => {
    const file = path.join(temporaryFolder(), 'x.env')
    const open = (): number => fs.readdirSync('/proc/self/fd').length
    await replace(filesIn(), file, 'A=1\n')
    const before = open()
    for (let turn = 0; turn < 5; turn++) {
      await replace(filesIn(), file, `A=${turn}\n`)
      await filesIn().read(file)
      await filesIn()
        .exclusively(file, async (held) => held.reserve().then(async () => Promise.reject(new Error('no'))))
        .catch(() => undefined)
      await filesIn().exclusively(file, async (held) => held.replaceJournal('x'))
    }
    expect(open()).toBe(before)
  })

  test('in a folder that only begins like ours leave it as it is', async () => {
    const ours = path.join(temporaryFolder(), 'twitch-cli')
    const other = `${ours}-2`
    for (const [folder, wanted] of [
      [other, '755'],
      [path.join(ours, 'profiles'), '700'],
    ] as const) {
      fs.mkdirSync(folder, { recursive: true, mode: 0o755 })
      const file = path.join(folder, 'x.env')
      fs.writeFileSync(file, 'A=1\n', { mode: 0o600 })
      await filesIn(ours).read(file)
      expect(mode(folder)).toBe(wanted)
    }
  })

  test.runIf(isRoot)('of another user are not trusted', async () => {
    const file = path.join(temporaryFolder(), 'x.env')
    fs.writeFileSync(file, 'A=1\n', { mode: 0o600 })
    fs.chownSync(file, 12_345, 12_345)
    await expect(filesIn().read(file)).rejects.toMatchObject({
      kind: 'storage',
      code: 'foreign_owner',
      message: `${file} belongs to another user (12345), so what it says is not trusted.`,
    })
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
