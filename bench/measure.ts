// Measuring many commands beside one another: in rounds, each in another order, so that whatever else the machine does hits all of them alike.

import { execFileSync } from 'node:child_process'
import type { Job, Lap, Stopwatch } from './stopwatch.ts'

/** A command that is measured. */
export interface Case extends Job {
  readonly name: string
  /** What it prints, so that nothing is measured that does not work. */
  readonly prints: RegExp
  /** Called before every start, outside of the time. */
  readonly prepare?: () => void
}

/** How long to go on: until there are so many rounds, or until the time is over. */
export interface Effort {
  readonly rounds: number
  readonly milliseconds: number
}

/** All that was measured of one command. */
export interface Figures {
  readonly median: number
  readonly fastest: number
  /** The median of the peaks, in bytes. */
  readonly peak: number
  readonly runs: number
}

/** By the names of the commands. */
export type Measured = ReadonlyMap<string, Figures>

const FEWEST_ROUNDS = 3

/** Measures the commands. @throws Error when one does not do what it is there for */
export async function measure(cases: readonly Case[], effort: Effort, watch: Stopwatch): Promise<Measured> {
  for (const each of cases) prove(each)
  const laps = new Map(cases.map(({ name }) => [name, [] as Lap[]]))
  const end = performance.now() + effort.milliseconds
  for (let round = 0; round < effort.rounds; round++) {
    if (round >= FEWEST_ROUNDS && performance.now() > end) break
    for (const { name, prepare, command, environment, copies } of shuffled(cases)) {
      prepare?.()
      const lap = await watch.time({ command, environment, copies })
      if (lap.codes.some((code) => code !== 0)) throw new Error(`${name} ended with ${lap.codes.join(', ')}`)
      laps.get(name)?.push(lap)
    }
  }
  return new Map([...laps].map(([name, of]) => [name, figuresOf(of)]))
}

function prove({ name, command: [file = '', ...words], environment, prints, prepare }: Case): void {
  prepare?.()
  const printed = execFileSync(file, words, {
    encoding: 'utf8',
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (!prints.test(printed)) throw new Error(`${name} printed something else: ${printed.slice(0, 200)}`)
}

function figuresOf(laps: readonly Lap[]): Figures {
  const times = laps.map(({ milliseconds }) => milliseconds)
  return {
    median: median(times),
    fastest: Math.min(...times),
    peak: median(laps.map(({ peak }) => peak)),
    runs: laps.length,
  }
}

/** The middle one of the numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  const middle = sorted.length / 2
  const [low = 0, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1)
  return (low + high) / 2
}

/** The same ones in an order of chance. */
export function shuffled<T>(items: readonly T[]): readonly T[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item)
}
