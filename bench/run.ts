// The whole measurement: sets the stage, measures, and writes docs/performance.md and docs/performance.svg.
// usage: [BENCH=short] npm run bench [-- --check]

import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { allCases } from './cases.ts'
import { type LoadEffort, measureServers } from './load/measure-servers.ts'
import { type Effort, type Measured, measure } from './measure.ts'
import { plot } from './plot.ts'
import { compare, isOver } from './ratios.ts'
import { report } from './report.ts'
import { measureSizes } from './sizes.ts'
import { type Stage, setStage } from './stage.ts'
import { startStopwatch } from './stopwatch.ts'

/** How much is done. */
interface Plan {
  readonly single: Effort
  readonly crowds: Effort
  readonly load: LoadEffort
  readonly thorough: boolean
  /** Where the results go. */
  readonly folder: string
}

const full: Plan = {
  single: { rounds: 150, milliseconds: 140_000 },
  crowds: { rounds: 15, milliseconds: 60_000 },
  load: { rounds: 5, milliseconds: 1_000, tokens: 1_000_000 },
  thorough: true,
  folder: 'docs',
}

const short: Plan = {
  single: { rounds: 8, milliseconds: 12_000 },
  crowds: { rounds: 3, milliseconds: 4_000 },
  load: { rounds: 1, milliseconds: 300, tokens: 50_000 },
  thorough: false,
  folder: 'artifacts',
}

function tell(words: string): void {
  process.stderr.write(`${words}\n`)
}

async function measureCommands(
  stage: Stage,
  { single, crowds }: Plan,
): Promise<{ measured: Measured; renewals: number }> {
  const watch = startStopwatch()
  try {
    const cases = allCases(stage)
    tell('Commands by themselves ...')
    const alone = await measure(
      cases.filter(({ copies }) => copies === 1),
      single,
      watch,
    )
    tell('Fifty at once ...')
    const together = await measure(
      cases.filter(({ copies }) => copies > 1),
      crowds,
      watch,
    )
    return { measured: new Map([...alone, ...together]), renewals: await stage.renewals() }
  } finally {
    watch.stop()
  }
}

async function run(plan: Plan): Promise<boolean> {
  const busy = os.loadavg()[0] ?? 0
  tell('Setting the stage ...')
  const stage = await setStage()
  try {
    const { measured, renewals } = await measureCommands(stage, plan)
    tell('Local identity servers ...')
    const load = await measureServers(plan.load)
    tell('Sizes ...')
    const sizes = measureSizes(stage.binary, plan.thorough)
    const ratios = compare(measured)
    fs.mkdirSync(plan.folder, { recursive: true })
    fs.writeFileSync(
      path.join(plan.folder, 'performance.md'),
      report({ when: new Date(), measured, ratios, renewals, sizes, load, busy }),
    )
    fs.writeFileSync(path.join(plan.folder, 'performance.svg'), plot(ratios))
    for (const ratio of ratios) {
      const { form, what, against, limit } = ratio
      const budget = limit === undefined ? '' : `, at most ${limit}: ${isOver(ratio) ? 'OVER' : 'kept'}`
      process.stdout.write(`${form}, ${what} : ${against} = ${ratio.ratio.toFixed(2)}${budget}\n`)
    }
    return !ratios.some(isOver)
  } finally {
    stage.clear()
  }
}

// With this set, Node 20 reads a whole certificate store at every start.
delete process.env['NODE_EXTRA_CA_CERTS']
const kept = await run(process.env['BENCH'] === 'short' ? short : full)
if (!kept && process.argv.includes('--check')) process.exitCode = 1
