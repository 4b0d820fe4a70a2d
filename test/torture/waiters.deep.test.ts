// How long fifty processes wait for one refresh, and how often they ask a server that is in trouble.

import { readdirSync, readlinkSync } from 'node:fs'
import { expect, test } from 'vitest'
import { amount, percentile, recordFigure } from '../support/figures.ts'
import { start } from '../support/program.ts'
import { expireToken } from '../support/stored-user.ts'
import { PRINT, type Victim, createVictim, pause } from '../support/torture.ts'

const PROCESSES = 50
const COMMAND = 'npm run torture -- test/torture/waiters.deep.test.ts'
const MINUTE = 60_000
/** All have been served so many milliseconds after the answer, on a machine that does nothing else. */
const GOAL = 500
/** Beyond this it is no longer the machine. */
const TOO_LONG = 5_000

/** Whether the process has the lock file open: it has the lock, or asks for it. */
function isAtLock(pid: number | undefined, lock: string): boolean {
  const folder = `/proc/${pid}/fd`
  try {
    return readdirSync(folder).some((name) => readlinkSync(`${folder}/${name}`) === lock)
  } catch {
    return false
  }
}

/** Fifty processes; the server answers, after so many milliseconds, when all of them are at the lock. @returns how long each was still there then */
async function waitTogether(victim: Victim, latency: number): Promise<readonly number[]> {
  const { machine } = victim
  expireToken(machine.config)
  let answeredAt = Number.NaN
  const runs = Array.from({ length: PROCESSES }, () => start(machine, PRINT))
  victim.onRefresh = async (grant) => {
    while (!runs.every(({ child }) => isAtLock(child.pid, `${machine.config}.lock`))) await pause(20)
    await pause(latency)
    answeredAt = performance.now()
    await grant()
  }
  const ends = await Promise.all(
    runs.map(async ({ ended }) => {
      const { code, stderr } = await ended
      if (code !== 0) throw new Error(stderr)
      return performance.now() - answeredAt
    }),
  )
  victim.onRefresh = undefined
  return ends
}

test.runIf(process.platform === 'linux')(
  'fifty processes wait for one refresh of 60 ms',
  { timeout: 300_000 },
  async () => {
    const victim = await createVictim('public')
    const last: number[] = []
    const all: number[] = []
    for (let round = 0; round < amount(10, 2); round++) {
      const ends = await waitTogether(victim, 60)
      all.push(...ends)
      last.push(Math.max(...ends))
    }
    // And as it is when they have just been started, which is for the most part the time that it takes to start them.
    victim.onRefresh = async (grant) => {
      await pause(60)
      await grant()
    }
    expireToken(victim.machine.config)
    const began = performance.now()
    const runs = await Promise.all(Array.from({ length: PROCESSES }, async () => victim.machine.run(PRINT)))
    const together = performance.now() - began
    const baseline = performance.now()
    await Promise.all(Array.from({ length: PROCESSES }, async () => victim.machine.run(['version'])))
    const starting = performance.now() - baseline
    const inTime = last.filter((time) => time <= GOAL).length
    recordFigure({
      area: 'tokens',
      what: '50 processes wait for one refresh of 60 ms',
      tried: last.length,
      failed: last.filter((time) => time > TOO_LONG).length,
      figure: `from the answer to the end of the last process: ${percentile(last, 0.5).toFixed(0)} ms (median of rounds), ${Math.max(...last).toFixed(0)} ms (slowest), within ${GOAL} ms in ${inTime} of ${last.length} rounds; half of all processes within ${percentile(all, 0.5).toFixed(0)} ms; from the first start to the last end ${together.toFixed(0)} ms, of 50 times "twitch version" ${starting.toFixed(0)} ms`,
      command: COMMAND,
    })
    expect(Math.max(...last)).toBeLessThan(TOO_LONG)
    expect(runs.map(({ code }) => code)).toEqual(runs.map(() => 0))
    expect(victim.granted).toHaveLength(last.length + 1)
  },
)

test.each(['confidential', 'public'] as const)(
  'fifty processes ask a server that answers 503, again and again: %s',
  { timeout: 300_000 },
  async (type) => {
    const victim = await createVictim(type)
    const times: number[] = []
    victim.onRefresh = (_grant, response) => {
      times.push(performance.now())
      response.writeHead(503).end('down')
    }
    expireToken(victim.machine.config)
    const seconds = amount(65, 10)
    const until = performance.now() + seconds * 1000
    let runs = 0
    const unexpected = new Set<string>()
    const ask = async (): Promise<void> => {
      while (performance.now() < until) {
        const { code, stderr } = await victim.machine.run(PRINT)
        runs++
        if (code !== 7) unexpected.add(`${code}: ${stderr}`)
      }
    }
    await Promise.all(Array.from({ length: PROCESSES }, ask))
    const inAMinute = times.map((from) => times.filter((time) => time >= from && time < from + MINUTE).length)
    const most = Math.max(...inAMinute)
    recordFigure({
      area: 'tokens',
      what: `50 processes ask a server that answers 503, again and again: ${type} application`,
      tried: runs,
      failed: unexpected.size + (most > 3 ? 1 : 0),
      figure: `${times.length} refresh requests in ${seconds} s, at most ${most} within a minute`,
      command: COMMAND,
    })
    expect([...unexpected]).toEqual([])
    expect(most).toBeLessThanOrEqual(3)
  },
)
