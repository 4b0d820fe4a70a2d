// Ten thousand kill -9 while files are written: each holds what was stored last, or what was just being stored, and nothing else.

import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { rolldown } from 'rolldown'
import { expect, onTestFinished, test } from 'vitest'
import { emptyProfile } from '../../src/domain/profile.ts'
import { amount, percentile, recordFigure } from '../support/figures.ts'
import { generationOf, profileOf } from '../support/generations.ts'
import { laidOpen } from '../support/laid-open.ts'
import { collect } from '../support/program.ts'
import { inLanes, keptProfile, leftovers } from '../support/torture.ts'

const KILLS = amount(10_000, 600)
const WRITERS = 4
/** A kill comes within so many milliseconds of the first change that was stored; a change takes about one. */
const SPREAD = 5
/** Every so many kills, what is left behind is looked for. */
const LOOK_EVERY = 25

/** Builds the writer. It has to lie where the packages that it needs are found. */
async function buildWriter(): Promise<string> {
  const file = path.resolve('artifacts', 'torture', 'writer.cjs')
  const bundle = await rolldown({
    input: 'test/support/torture-writer.ts',
    platform: 'node',
    external: [/^fs-native-extensions/],
    logLevel: 'silent',
  })
  await bundle.write({ file, format: 'cjs', minify: true, codeSplitting: false })
  await bundle.close()
  return file
}

/** A file in memory, where the machine has such a place: there a thousand changes a second are no matter. */
function createFile(): string {
  const place = existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir()
  const folder = mkdtempSync(path.join(place, 'twitch-token-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return path.join(folder, 'victim.env')
}

/** Something that is written to, and how many changes of it were stored for certain. */
interface Written {
  readonly file: string
  stored: number
}

/** Starts the writer. The environment is empty, as it is for the program in other tests. */
function startWriter(...words: readonly string[]): ChildProcess {
  return spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'], env: {} })
}

/** Kills a writer: at any time of its beginning, or while it writes. @returns what it has stored, and said so */
async function killWriter(writer: string, file: string, life: number): Promise<readonly number[]> {
  const child = startWriter(writer, file)
  const strike = (after: number): void => void setTimeout(() => child.kill('SIGKILL'), after)
  if (Math.random() < 0.2) strike(Math.random() * life)
  child.stdout?.once('data', () => strike(Math.random() * SPREAD))
  const { stdout, stderr } = await collect(child)
  expect(stderr).toBe('')
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map(Number)
}

test('kill -9 while files are written', { timeout: 900_000 }, async () => {
  const writer = await buildWriter()
  const wrong: string[] = []
  const counts = { tried: 0, changes: 0, inFlight: 0, drafts: 0, looked: 0 }
  const lives: number[] = []
  const began = performance.now()

  const run = async (file: string): Promise<void> => {
    const start = performance.now()
    const { code } = await collect(startWriter(writer, file, '1'))
    lives.push(performance.now() - start)
    expect(code).toBe(0)
  }
  const trial = async (written: Written): Promise<void> => {
    const { file } = written
    const said = await killWriter(writer, file, percentile(lives, 0.5))
    const last = said.at(-1) ?? written.stored
    // Throws if anything is damaged.
    const kept = existsSync(file) ? keptProfile(file) : emptyProfile
    const now = generationOf(kept)
    if (now !== last && now !== last + 1) wrong.push(`${last} was stored, and there is ${now}`)
    if (JSON.stringify(laidOpen(kept)) !== JSON.stringify(laidOpen(profileOf(now))))
      wrong.push(`mixed: ${now}`)
    counts.tried++
    counts.changes += now - written.stored
    if (now !== last) counts.inFlight++
    if (leftovers(file).length > 0) counts.drafts++
    written.stored = now
    if (counts.tried % LOOK_EVERY !== 0) return
    await run(file)
    written.stored++
    counts.looked++
    const left = leftovers(file)
    if (left.length > 0) wrong.push(`left behind: ${left.join(', ')}`)
  }
  await inLanes(
    WRITERS,
    KILLS,
    async () => {
      const file = createFile()
      await run(file)
      return { file, stored: 1 }
    },
    trial,
  )
  recordFigure({
    area: 'tokens',
    what: 'kill -9 while files are written',
    tried: counts.tried,
    failed: wrong.length,
    figure: `${counts.changes} changes stored; ${counts.drafts} kills left a draft beside the file, ${counts.inFlight} came after a change was in place and before the writer knew; the next run left no draft in ${counts.looked} of ${counts.looked} looks; ${((performance.now() - began) / 1000).toFixed(0)} s`,
    command: 'npm run torture -- test/torture/writes.deep.test.ts',
  })
  expect(wrong).toEqual([])
  expect(counts.tried).toBe(KILLS)
  // The kills have to have hit writes, or they show nothing.
  expect(counts.drafts).toBeGreaterThan(KILLS / 4)
})
