// A thousand kill -9 in a refresh: nothing is damaged, and the next run has a working token or says what became of it.

import fs from 'node:fs'
import { describe, expect, test } from 'vitest'
import { amount, percentile, recordFigure } from '../support/figures.ts'
import { start } from '../support/program.ts'
import { expireToken, storeTokens } from '../support/stored-user.ts'
import {
  PRINT,
  type Victim,
  createVictim,
  inLanes,
  isAccepted,
  keptTokens,
  leftovers,
  pause,
} from '../support/torture.ts'

const KILLS = amount(500, 30)
const LANES = 3
/** The server takes up to so long, in milliseconds, before it commits. */
const THINKING = 4
/** A kill at the request comes within so many milliseconds of its arrival. */
const AT_REQUEST = 14

const EXPLAINED =
  /^error: The refresh token was spent at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC by a run that ended before it could store what came\. [^\n]+ refused the refresh: Invalid refresh token \(400\)\.\nhint: Log in: twitch token -u --dcf[^\n]*\n$/

/** When a kill came, by what had happened until then. */
const MOMENTS = [
  'before the request',
  'before the commit',
  'between commit and storing',
  'after storing',
  'after the end',
] as const
type Moment = (typeof MOMENTS)[number]

/** What came of all kills of one kind of application. */
class Tally {
  readonly wrong: string[] = []
  readonly moments = new Map<string, number>(MOMENTS.map((moment) => [moment, 0]))
  readonly aimed = { 'at any time': 0, 'at the request': 0 }
  tried = 0
  lost = 0
  explained = 0
  leftBehind = 0

  count(moment: Moment): void {
    this.moments.set(moment, (this.moments.get(moment) ?? 0) + 1)
  }

  /** Keeps the figures, and fails if anything was wrong. */
  conclude(what: string): void {
    const moments = [...this.moments].map(([moment, times]) => `${times} ${moment}`).join(', ')
    const aims = Object.entries(this.aimed).map(([aim, times]) => `${times} ${aim}`)
    recordFigure({
      area: 'tokens',
      what,
      tried: this.tried,
      failed: this.wrong.length,
      figure: `kills aimed ${aims.join(', ')}; they came ${moments}; sessions lost: ${this.lost}, explained: ${this.explained}; drafts left behind and taken away by the next run: ${this.leftBehind}`,
      command: 'npm run torture -- test/torture/kills.deep.test.ts',
    })
    expect(this.wrong).toEqual([])
    expect(this.tried).toBe(KILLS)
    expect(this.explained).toBe(this.lost)
  }
}

/** How long a run takes that is left alone, in milliseconds. */
async function measureLife(type: 'confidential' | 'public'): Promise<number> {
  const lives: number[] = []
  await inLanes(
    LANES,
    9,
    async () => createVictim(type),
    async ({ machine }) => {
      expireToken(machine.config)
      const began = performance.now()
      expect((await machine.run(PRINT)).code).toBe(0)
      lives.push(performance.now() - began)
    },
  )
  return percentile(lives, 0.5)
}

/** One kill, at any time of the run's life or at its request. @returns whether the server has committed, and when the end came */
async function kill(
  victim: Victim,
  isAimed: boolean,
  life: number,
): Promise<{ committed: boolean; moment: Moment }> {
  const { machine } = victim
  const old = fs.readFileSync(machine.config, 'utf8')
  const before = { arrived: victim.arrived, granted: victim.granted.length }
  const hasArrived = (): boolean => victim.arrived > before.arrived
  const hasCommitted = (): boolean => victim.granted.length > before.granted
  let commit: Promise<void> | undefined
  let struck: Moment | undefined
  const run = start(machine, PRINT)
  const strike = (): void => {
    if (run.child.exitCode !== null) return
    run.child.kill('SIGKILL')
    if (!hasArrived()) struck = 'before the request'
    else if (!hasCommitted()) struck = 'before the commit'
    else struck = 'between commit and storing'
  }
  victim.onRefresh = (grant) => {
    // A request that has arrived is dealt with, whatever becomes of who sent it.
    commit = pause(Math.random() * THINKING).then(grant)
    if (isAimed) setTimeout(strike, Math.random() * AT_REQUEST)
  }
  if (!isAimed) setTimeout(strike, Math.random() * life * 1.1)
  const { signal } = await run.ended
  await commit
  victim.onRefresh = undefined
  const isStored = fs.readFileSync(machine.config, 'utf8') !== old
  const moment = signal === null ? 'after the end' : isStored ? 'after storing' : (struck ?? 'after the end')
  return { committed: hasCommitted(), moment }
}

/** One kill, and all that is to be said of it. */
async function trial(
  tally: Tally,
  victim: Victim,
  type: 'confidential' | 'public',
  { isAimed, life }: { isAimed: boolean; life: number },
): Promise<void> {
  const { machine, server } = victim
  const wrong = (what: string): void => void tally.wrong.push(what)
  const old = keptTokens(machine.config)
  const { committed, moment } = await kill(victim, isAimed, life)
  tally.tried++
  tally.aimed[isAimed ? 'at the request' : 'at any time']++
  tally.count(moment)
  const drafts = leftovers(machine.config).length
  tally.leftBehind += drafts
  // Throws if anything is damaged.
  const kept = keptTokens(machine.config)
  const isOld = JSON.stringify(kept) === JSON.stringify(old)
  if (!isOld && JSON.stringify(kept) !== JSON.stringify(victim.granted.at(-1)))
    wrong(`${moment}: neither the old state nor the new one: ${JSON.stringify(kept)}`)

  const isLost = type === 'public' && committed && isOld
  const next = await machine.run(PRINT)
  if (isLost) {
    tally.lost++
    if (next.code === 5 && next.stdout === '' && EXPLAINED.test(next.stderr)) tally.explained++
    else wrong(`${moment}: lost, and the next run says ${next.code}: ${next.stderr}`)
    storeTokens(machine.config, server, { secondsLeft: -3600, type })
  } else {
    if (next.code !== 0 || !(await isAccepted(server, next.stdout)))
      wrong(`${moment}: the next run ends with ${next.code}: ${next.stderr}`)
    expireToken(machine.config)
  }
  if (drafts > 0) await expectClean(victim, wrong)
}

/** The next renewal takes away what a killed one left behind. */
async function expectClean({ machine }: Victim, wrong: (what: string) => void): Promise<void> {
  const { code, stderr } = await machine.run(PRINT)
  if (code !== 0) wrong(`the renewal after a kill ends with ${code}: ${stderr}`)
  const left = leftovers(machine.config)
  if (left.length > 0) wrong(`left behind: ${left.join(', ')}`)
  expireToken(machine.config)
}

describe('kill -9 in a refresh', () => {
  test.each([
    ['confidential', 'refresh tokens that stay the same'],
    ['public', 'refresh tokens good for one use'],
  ] as const)('of a %s application', { timeout: 900_000 }, async (type, what) => {
    const life = await measureLife(type)
    const tally = new Tally()
    await inLanes(
      LANES,
      KILLS,
      async () => createVictim(type),
      async (victim, index) => trial(tally, victim, type, { isAimed: index % 2 === 0, life }),
    )
    tally.conclude(`kill -9 in a refresh, ${what}`)
  })
})
