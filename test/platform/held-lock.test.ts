// Holding a lock file: who holds it, how long it is waited for, and what is said when it can't be had.

import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { holdLock } from '../../src/platform/held-lock.ts'
import { tryLock } from '../../src/platform/lock.ts'
import { temporaryFolder } from '../support/program.ts'
import { createFakeClock } from '../support/world.ts'

function lockFile(): string {
  return path.join(temporaryFolder(), 'x.env.lock')
}

describe('the lock', () => {
  test('is signed by its holder, whatever was in the file, and free after the release', async () => {
    const file = lockFile()
    fs.writeFileSync(file, 'something that is longer than a number')
    const clock = createFakeClock()
    const release = await holdLock(file, clock, undefined)
    expect(fs.readFileSync(file, 'utf8')).toBe(`${process.pid}\n`)
    release()
    const again = await holdLock(file, clock, undefined)
    again()
    expect(clock.sleeps).toEqual([])
  })

  test.each([
    [`${process.pid}\n`, `process ${process.pid}`],
    ['', 'another process'],
    ['12 or 13', 'another process'],
    ['pid 12', 'another process'],
  ])('that somebody else has, who wrote %j, is waited for 45 seconds', async (signature, holder) => {
    const file = lockFile()
    const clock = createFakeClock()
    const release = await holdLock(file, clock, undefined)
    fs.writeFileSync(file, signature)
    const told: (readonly [string, number])[] = []
    const waiting = holdLock(file, clock, undefined, (who) => told.push([who, clock.monotonic()]))
    await expect(waiting).rejects.toMatchObject({
      kind: 'busy',
      code: 'lock_held',
      message: `This profile was locked for 45 seconds, at last by ${holder} (${file}).`,
      hint: 'Run the command again; if it keeps on, see what that process is doing',
    })
    expect(clock.monotonic()).toBeGreaterThan(45_000)
    expect(clock.monotonic()).toBeLessThan(45_100)
    // Told once, when it has become noticeable.
    expect(told).toEqual([[holder, expect.any(Number)]])
    expect(told[0]?.[1]).toBeGreaterThan(2_000)
    expect(told[0]?.[1]).toBeLessThan(2_100)
    release()
  })

  test('is asked for often: soon at first, and never after a long pause', async () => {
    const file = lockFile()
    const clock = createFakeClock()
    const release = await holdLock(file, clock, undefined)
    await expect(holdLock(file, clock, undefined)).rejects.toMatchObject({ code: 'lock_held' })
    expect(clock.sleeps[0]).toBeLessThanOrEqual(3)
    expect(Math.max(...clock.sleeps)).toBeLessThanOrEqual(37.5)
    expect(Math.max(...clock.sleeps)).toBeGreaterThan(25)
    expect(Math.min(...clock.sleeps)).toBeGreaterThanOrEqual(1)
    release()
  })

  test('is had as soon as it is let go', async () => {
    const file = lockFile()
    const clock = createFakeClock()
    const release = await holdLock(file, clock, undefined)
    clock.at(1_000, release)
    const mine = await holdLock(file, clock, undefined)
    expect(clock.monotonic()).toBeLessThan(1_040)
    mine()
  })

  test('leaves no descriptor open when it was not had', async () => {
    const file = lockFile()
    const clock = createFakeClock()
    const release = await holdLock(file, clock, undefined)
    const open = (): number => fs.readdirSync('/proc/self/fd').length
    const before = open()
    for (let count = 0; count < 5; count++) await holdLock(file, clock, undefined).catch(() => undefined)
    expect(open()).toBe(before)
    release()
  })

  test('can not be had where its file can not be', async () => {
    const file = path.join(temporaryFolder(), 'missing', 'x.env.lock')
    await expect(holdLock(file, createFakeClock(), undefined)).rejects.toMatchObject({
      kind: 'storage',
      message: `${file} can't be written: ENOENT.`,
    })
  })
})

test('what can not be locked is told, with the reason of the kernel', () => {
  const descriptor = fs.openSync(lockFile(), 'w')
  fs.closeSync(descriptor)
  expect(() => tryLock(descriptor)).toThrow(
    expect.objectContaining({
      kind: 'storage',
      code: 'no_lock',
      message: "Files can't be locked here (EBADF), so nothing can be changed safely.",
      hint: 'Keep the configuration on a local disk: --config FILE',
    }) as Error,
  )
})
