// Fifty processes that find one token expired, at a server where a refresh token is good for one use: one refresh, one token for all.

import fs from 'node:fs'
import { describe, expect, test } from 'vitest'
import { amount, percentile, recordFigure } from '../support/figures.ts'
import type { RunResult } from '../support/program.ts'
import { expireToken } from '../support/stored-user.ts'
import {
  PRINT,
  type Victim,
  createVictim,
  inLanes,
  isAccepted,
  keptTokens,
  leftovers,
  lockHolder,
  pause,
} from '../support/torture.ts'

const PROCESSES = 50
const ROUNDS = amount(20, 3)
/** So many users have their rounds at the same time, where a round is for the most part waiting. */
const LANES = 3
const STOPPED_FOR = amount(30_000, 10_000)

/** What came of the rounds of one kind. */
class Tally {
  readonly wrong: string[] = []
  readonly durations: number[] = []
  refreshes = 0
  served = 0

  /** Looks at a round: `granted` is how many refreshes the server has granted in it, `killed` how many runs a signal ended. */
  async judge(victim: Victim, runs: readonly RunResult[], granted: number, killed: number): Promise<void> {
    const survivors = runs.filter(({ signal }) => signal === null)
    const tokens = new Set(survivors.map(({ stdout }) => stdout))
    this.refreshes += granted
    this.served += survivors.filter(({ code }) => code === 0).length
    const { machine, server } = victim
    const [token = ''] = tokens
    const facts = {
      granted,
      killed: runs.length - survivors.length,
      tokens: tokens.size,
      accepted: await isAccepted(server, token),
      stored: `${keptTokens(machine.config).accessToken}\n` === token,
      failures: survivors.filter(({ code }) => code !== 0).map(({ code, stderr }) => `${code}: ${stderr}`),
      leftovers: leftovers(machine.config),
    }
    const right = { granted: 1, killed, tokens: 1, accepted: true, stored: true, failures: [], leftovers: [] }
    if (JSON.stringify(facts) !== JSON.stringify(right)) this.wrong.push(JSON.stringify(facts))
  }

  /** Keeps the figures, and fails if anything was wrong. */
  conclude(what: string, more = ''): void {
    const seconds = (share: number): string => (percentile(this.durations, share) / 1000).toFixed(1)
    recordFigure({
      area: 'tokens',
      what,
      tried: this.durations.length,
      failed: this.wrong.length,
      figure: `rounds of ${PROCESSES} processes; ${this.refreshes} refreshes granted, ${this.served} processes served; a round took ${seconds(0.5)} s (median), ${seconds(1)} s (longest)${more}`,
      command: 'npm run torture -- test/torture/storm.deep.test.ts',
    })
    expect(this.wrong).toEqual([])
    expect(this.durations).toHaveLength(ROUNDS)
  }
}

/** Starts them all on an expired token. */
async function storm({ machine }: Victim): Promise<readonly RunResult[]> {
  expireToken(machine.config)
  return Promise.all(Array.from({ length: PROCESSES }, async () => machine.run(PRINT)))
}

/** One round after the other, the preparation of each given. */
async function rounds(
  tally: Tally,
  lanes: number,
  round: (victim: Victim, index: number) => Promise<readonly RunResult[]>,
  killed = 0,
): Promise<void> {
  await inLanes(
    lanes,
    ROUNDS,
    async () => createVictim('public'),
    async (victim, index) => {
      const before = victim.granted.length
      const began = performance.now()
      const runs = await round(victim, index)
      tally.durations.push(performance.now() - began)
      await tally.judge(victim, runs, victim.granted.length - before, killed)
    },
  )
}

/** Stops a process, as a machine that sleeps does. @returns whether it was there all the time */
async function stopForAWhile(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 'SIGSTOP')
    await pause(STOPPED_FOR)
    process.kill(pid, 'SIGCONT')
    return true
  } catch {
    return false
  }
}

/** Ends whoever has the lock, as a crash would. */
function killHolder({ machine }: Victim): void {
  process.kill(lockHolder(machine.config) ?? Number.NaN, 'SIGKILL')
}

describe('fifty processes that find the token expired', () => {
  test('refresh it once', { timeout: 600_000 }, async () => {
    const tally = new Tally()
    await rounds(tally, 1, storm)
    tally.conclude('50 processes at once')
  })

  test('refresh it once where a killed holder left its lock file', { timeout: 600_000 }, async () => {
    const tally = new Tally()
    await rounds(tally, 1, async (victim, index) => {
      victim.onRefresh = (_grant, response) => {
        killHolder(victim)
        response.destroy()
      }
      expireToken(victim.machine.config)
      expect((await victim.machine.run(PRINT)).signal).toBe('SIGKILL')
      victim.onRefresh = undefined
      // The number of a process that died is given to another one in the end.
      if (index % 2 === 1) fs.writeFileSync(`${victim.machine.config}.lock`, `${process.pid}\n`)
      return storm(victim)
    })
    tally.conclude('50 processes, a stale lock file from a killed holder')
  })

  test(
    'refresh it once when the holder is killed with its request on the way',
    { timeout: 600_000 },
    async () => {
      const tally = new Tally()
      await rounds(
        tally,
        1,
        async (victim) => {
          let isFirst = true
          victim.onRefresh = async (grant, response) => {
            if (!isFirst) return grant()
            isFirst = false
            killHolder(victim)
            return response.destroy()
          }
          return storm(victim)
        },
        1,
      )
      tally.conclude('50 processes, the holder killed before the server commits')
    },
  )

  test(
    'refresh it once when the holder is stopped for longer than anybody sleeps',
    { timeout: 900_000 },
    async () => {
      const tally = new Tally()
      const held = { 'with its request sent': 0, 'before its request': 0 }
      await rounds(tally, LANES, async (victim, index) => {
        const { machine } = victim
        let stopped: Promise<boolean> | undefined
        let where: keyof typeof held = 'with its request sent'
        const stop = (): void => {
          stopped ??= stopForAWhile(lockHolder(machine.config) ?? Number.NaN)
        }
        victim.onRefresh = async (grant) => {
          if (stopped === undefined) stop()
          return grant()
        }
        const last = lockHolder(machine.config)
        const runs = storm(victim)
        // Half are stopped with the request sent and the answer coming, half as soon as the lock is theirs.
        if (index % 2 === 1) {
          while (lockHolder(machine.config) === last) await pause(1)
          if (stopped === undefined) where = 'before its request'
          stop()
        }
        const ended = await runs
        if (await stopped) held[where]++
        return ended
      })
      const wheres = Object.entries(held).map(([where, times]) => `in ${times} ${where}`)
      tally.conclude(
        `50 processes, the holder stopped for ${STOPPED_FOR / 1000} s`,
        `; it was stopped for all that time ${wheres.join(', ')}`,
      )
      expect(Math.min(...Object.values(held))).toBeGreaterThan(0)
    },
  )
})
