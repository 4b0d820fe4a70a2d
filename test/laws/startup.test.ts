// What the program loads before it is of use: little, held against the program as it is built.

import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createStoredUser } from '../support/stored-user.ts'
import { createMachine, temporaryFolder } from '../support/program.ts'

const ENTRY = path.resolve('dist/twitch.cjs')
const PROGRAM = path.resolve('dist/program.cjs')
/** Parts of Node that take milliseconds to load, and that a token on disk has no use for. */
const SLOW = new Set([
  'net',
  'tls',
  'http',
  'https',
  'stream',
  'child_process',
  'crypto',
  'tty',
  'internal/deps/undici/undici',
])

interface Loaded {
  /** The parts of Node. */
  readonly parts: readonly string[]
  /** Our own files. */
  readonly files: readonly string[]
}

/** Runs the built entry, and lists what was loaded by its end. */
async function loadedBy(words: readonly string[], config?: string): Promise<Loaded> {
  const folder = temporaryFolder()
  const list = path.join(folder, 'parts.json')
  const watcher = path.join(folder, 'watcher.cjs')
  fs.writeFileSync(
    watcher,
    `process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(list)}, JSON.stringify({ parts: process.moduleLoadList, files: Object.keys(require.cache) })))`,
  )
  const more = config === undefined ? [] : ['--config', config]
  const machine = createMachine({ TWITCH_COMPLETE_LINE: 'twitch token -s chat:' })
  const { code } = await machine.command([process.execPath, '-r', watcher, ENTRY, ...words, ...more])
  expect(code).toBe(0)
  const { parts, files } = JSON.parse(fs.readFileSync(list, 'utf8')) as Loaded
  return {
    parts: parts.map((part) => part.replace(/^NativeModule /, '')),
    files: files.filter((file) => file !== watcher),
  }
}

async function partsOf(words: readonly string[], config?: string): Promise<readonly string[]> {
  return (await loadedBy(words, config)).parts
}

test('the entry is small', () => {
  expect(fs.statSync(ENTRY).size + fs.statSync(PROGRAM).size).toBeLessThan(60_000)
})

test.each([['--help'], ['token --help'], ['token print --help'], ['version'], ['__complete bash']])(
  '%s loads none of the slow parts of Node',
  async (words) => {
    const parts = await partsOf(words.split(' '))
    expect(parts).toContain('fs')
    expect(parts.filter((part) => SLOW.has(part))).toEqual([])
  },
)

test.each([['token print'], ['token print --json'], ['token print --format env'], ['token status']])(
  '%s from disk loads none of the slow parts of Node',
  async (words) => {
    const { machine } = await createStoredUser({ secondsLeft: 10_000 })
    const parts = await partsOf(words.split(' '), machine.config)
    expect(parts.filter((part) => SLOW.has(part))).toEqual([])
  },
)

test.each([['token --help'], ['token print'], ['token status']])(
  '%s reads few files, each of which takes half a millisecond',
  async (words) => {
    const { machine } = await createStoredUser({ secondsLeft: 10_000 })
    const { files } = await loadedBy(words.split(' '), machine.config)
    expect(files.length).toBeGreaterThan(2)
    expect(files.length).toBeLessThanOrEqual(7)
  },
)

test('what is loaded by a request shows here', async () => {
  const { machine } = await createStoredUser({ secondsLeft: 10_000 })
  expect(await partsOf(['token', 'print', '--validate'], machine.config)).toContain('http')
})
