// Signals at twelve points of a refresh: what the server has committed is stored, nothing is left behind, and the exit code says which signal it was.

import type http from 'node:http'
import { expect, test } from 'vitest'
import { amount, percentile, recordFigure } from '../support/figures.ts'
import { holdLock } from '../support/lock-holder.ts'
import { type RunningProgram, start } from '../support/program.ts'
import { type StoredTokens, expireToken } from '../support/stored-user.ts'
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

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const
type SignalName = keyof typeof SIGNALS
const RUNS = amount(10, 1)
const LANES = 3

/** Sends the signal to a run, at some point of it. `untilRequest` is how long a run takes to its request, in milliseconds. */
type Point = (victim: Victim, run: () => RunningProgram, strike: Strike, untilRequest: number) => unknown
type Strike = (run: RunningProgram) => void

/** On the request's arrival, or on the way of its answer. */
function atRequest(
  act: (grant: () => Promise<void>, strike: () => void, response: http.ServerResponse) => unknown,
): Point {
  return (victim, run, strike) => {
    const running: { it?: RunningProgram } = {}
    victim.onRefresh = (grant, response) =>
      act(
        grant,
        () => {
          if (running.it !== undefined) strike(running.it)
        },
        response,
      )
    running.it = run()
  }
}

/** Before the request, as far on the way to it as this. */
function before(share: number): Point {
  return (_victim, run, strike, untilRequest) => {
    const running = run()
    setTimeout(() => strike(running), share * untilRequest)
  }
}

/** Leaves it to somebody else when, and in which parts, the body is sent. */
function holdBack(
  response: http.ServerResponse,
  send: (body: string, end: (rest: string) => void) => void,
): void {
  const end: (rest: string) => void = response.end.bind(response)
  Object.assign(response, { end: (body: string) => send(body, end) })
}

/** So many milliseconds after the answer. */
function after(milliseconds: number): Point {
  return atRequest(async (grant, strike) => {
    await grant()
    if (milliseconds > 0) await pause(milliseconds)
    strike()
  })
}

const POINTS: Readonly<Record<string, Point>> = {
  'a quarter of the way to the request': before(0.25),
  'half of the way to the request': before(0.5),
  'three quarters of the way to the request': before(0.75),
  'just before the request': before(0.95),
  'waiting for the lock': async ({ machine }, run, strike) => {
    const holder = await holdLock(machine.config)
    try {
      const running = run()
      await running.tells(/^Waiting for /m)
      strike(running)
      await running.ended
    } finally {
      holder.kill('SIGKILL')
    }
  },
  'the request has come, the server thinks': atRequest(async (grant, strike) => {
    strike()
    await pause(20)
    await grant()
  }),
  'the server has committed, no answer is out': atRequest(async (grant, strike, response) => {
    holdBack(response, (body, end) => {
      strike()
      setTimeout(() => end(body), 20)
    })
    await grant()
  }),
  'half of the answer is out': atRequest(async (grant, strike, response) => {
    holdBack(response, (body, end) => {
      response.write(body.slice(0, 40))
      strike()
      setTimeout(() => end(body.slice(40)), 20)
    })
    await grant()
  }),
  'the answer is out': after(0),
  'a millisecond after the answer': after(1),
  'three milliseconds after the answer': after(3),
  'ten milliseconds after the answer': after(10),
}

/**
 * Points at which the refresh token is being spent: the signal is held off until what came is stored. It never ends the
 * process by itself; one that is heard only after the answer, since the machine is busy, finds the work done.
 */
const SHIELDED: ReadonlySet<number> = new Set([5, 6, 7])

/** How long a run takes to its request, in milliseconds. */
async function measureWay(): Promise<number> {
  const ways: number[] = []
  const victim = await createVictim('public')
  for (let round = 0; round < 5; round++) {
    expireToken(victim.machine.config)
    const began = performance.now()
    victim.onRefresh = async (grant) => {
      ways.push(performance.now() - began)
      await grant()
    }
    await victim.machine.run(PRINT)
  }
  return percentile(ways, 0.5)
}

/** One signal. @returns what is wrong, and how the run ended */
async function trial(
  victim: Victim,
  point: Point,
  signal: SignalName,
  way: number,
): Promise<{ wrong: readonly string[]; end: number | string }> {
  const { machine } = victim
  const old = keptTokens(machine.config)
  const granted = victim.granted.length
  const runs: RunningProgram[] = []
  const run = (): RunningProgram => {
    const running = start(machine, PRINT)
    runs.push(running)
    return running
  }
  await point(victim, run, ({ child }) => child.kill(signal), way)
  const ended = await runs[0]?.ended
  if (ended === undefined) throw new Error('Nothing was started')
  victim.onRefresh = undefined
  // Before the program hears signals, the system ends it; a shell says the same number then.
  const end = ended.code ?? String(ended.signal)
  const wrong =
    end === 0 || end === SIGNALS[signal] || end === signal ? [] : [`ends with ${end}: ${ended.stderr}`]
  const state = victim.granted.length > granted ? victim.granted.at(-1) : old
  const printed = end === 0 ? ended.stdout.trim() : undefined
  return { wrong: [...wrong, ...(await wrongAfter(victim, state, printed))], end }
}

/** What is not as it has to be after a run that has printed this. */
async function wrongAfter(
  { machine, server }: Victim,
  state: StoredTokens | undefined,
  printed: string | undefined,
): Promise<readonly string[]> {
  const wrong: string[] = []
  const kept = keptTokens(machine.config)
  if (JSON.stringify(kept) !== JSON.stringify(state)) wrong.push(`the file holds ${JSON.stringify(kept)}`)
  if (printed !== undefined && printed !== kept.accessToken)
    wrong.push('what was printed is not what is kept')
  const left = leftovers(machine.config)
  if (left.length > 0) wrong.push(`left behind: ${left.join(', ')}`)
  const next = await machine.run(PRINT)
  if (!(await isAccepted(server, next.stdout)))
    wrong.push(`the next run ends with ${next.code}: ${next.stderr}`)
  expireToken(machine.config)
  return wrong
}

test('signals at twelve points of a refresh', { timeout: 900_000 }, async () => {
  const way = await measureWay()
  const signals = Object.keys(SIGNALS) as SignalName[]
  const trials = Object.entries(POINTS).flatMap(([name, point], index) =>
    signals.flatMap((signal) => Array.from({ length: RUNS }, () => ({ name, point, index, signal }))),
  )
  const wrong: string[] = []
  const ends = { interrupted: 0, killed: 0, done: 0 }
  await inLanes(
    LANES,
    trials.length,
    async () => createVictim('public'),
    async (victim, piece) => {
      const one = trials[piece]
      if (one === undefined) return
      const { name, point, index, signal } = one
      const { wrong: found, end } = await trial(victim, point, signal, way)
      ends[end === 0 ? 'done' : typeof end === 'string' ? 'killed' : 'interrupted']++
      wrong.push(...found.map((what) => `${signal}, ${name}: ${what}`))
      if (SHIELDED.has(index) && typeof end === 'string') wrong.push(`${signal}, ${name}: ended with ${end}`)
    },
  )
  recordFigure({
    area: 'tokens',
    what: 'SIGINT, SIGTERM and SIGHUP at 12 points of a refresh',
    tried: trials.length,
    failed: wrong.length,
    figure: `${ends.interrupted} ended with 130, 143 or 129, ${ends.killed} by the signal before the program was ready, ${ends.done} had their result out already; drafts left behind: 0`,
    command: 'npm run torture -- test/torture/signals.deep.test.ts',
  })
  expect(wrong).toEqual([])
  expect(trials).toHaveLength(12 * 3 * RUNS)
})
