// The results as a document: ratios first, then what they are made of.

import os from 'node:os'
import { BUN_VERSION } from '../build/targets.ts'
import { type Form, forms } from './cases.ts'
import type { Kind } from './load/contestant.ts'
import { type LoadFigures, rateKey, servers } from './load/measure-servers.ts'
import type { Measured } from './measure.ts'
import { type Ratio, isOver } from './ratios.ts'
import type { Size } from './sizes.ts'

/** Everything that was found. */
export interface Results {
  readonly when: Date
  readonly measured: Measured
  readonly ratios: readonly Ratio[]
  /** How often fifty programs whose token had expired renewed it, a time. */
  readonly renewals: number
  readonly sizes: readonly Size[]
  readonly load: LoadFigures
  /** How busy the machine was otherwise: the load average before. */
  readonly busy: number
}

/** Writes the document. */
export function report(results: Results): string {
  return `${[...introduction(results), ...ratioSection(results), ...timeSection(results), ...sizeSection(results), ...loadSection(results)].join('\n')}\n`
}

function introduction({ when, busy, measured }: Results): readonly string[] {
  const [cpu] = os.cpus()
  const runs = Math.min(...[...measured].map(([, figures]) => figures.runs))
  return [
    '# Speed',
    '',
    'Written by `npm run bench`; `npm run bench -- --check` fails when a budget is exceeded, and `BENCH=short npm run bench`',
    'takes a minute and leaves this page as it is. Needs Linux or macOS, and `python3` for the stopwatch.',
    '',
    '![Ratios against their budgets](performance.svg)',
    '',
    '**What is measured**: whole processes by the wall clock, from before they are started until they have been waited for, with their',
    'output thrown away. All commands take turns in rounds, each round in another order, so that whatever else the machine',
    'does hits all of them alike. A small process of its own starts them and reads their peak memory from `wait4`.',
    'Only ratios within one run mean anything elsewhere than on this machine.',
    '',
    `**When and where**: ${when.toISOString().slice(0, 10)}; ${os.availableParallelism()} × ${cpu?.model.trim() ?? 'an unknown processor'}, ${os.type()} ${os.arch()}; Node ${process.versions.node}, Bun ${BUN_VERSION};`,
    `load average ${busy.toFixed(1)} at the start; ${runs} rounds at least. \`NODE_EXTRA_CA_CERTS\` is unset but for the requests over TLS, where it`,
    'names the certificate of the local server, for our program and for the bare requests.',
    '',
  ]
}

function ratioSection(results: Results): readonly string[] {
  const { ratios, renewals } = results
  const row = (ratio: Ratio): readonly string[] => [
    ratio.what,
    ratio.against,
    `**${ratio.ratio.toFixed(2)}**`,
    ratio.ratioOfFastest.toFixed(2),
    ratio.limit?.toString() ?? '',
    ratio.limit === undefined ? '' : isOver(ratio) ? 'over' : 'kept',
  ]
  const columns = ['command', 'against', 'medians', 'fastest', 'budget', '']
  return [
    '## Ratios',
    '',
    ...sections((form) => table(columns, ratios.filter((ratio) => ratio.form === form).map(row))),
    '“Nothing” is `node -e 0`, or an empty program compiled as ours is. “The same request alone” is a script with `node:https` and',
    'nothing else, or two lines around `fetch`, compiled as ours is: [bench/programs](../bench/programs). `token` also stores what it gets,',
    `synced to disk. The row “once more” shows the noise: it is one command twice. Fifty programs that find an expired token renew it ${times(renewals)}.`,
    '',
    ...whereItGoes(results),
  ]
}

/** Where the time of the standalone `token -v` goes, in numbers: what it would take to be faster shows there. */
function whereItGoes({ measured }: Results): readonly string[] {
  const of = (name: string): number => measured.get(`standalone: ${name}`)?.median ?? 0
  const [nothing, print, bare, all] = [of('nothing'), of('print'), of('bare validate'), of('validate')]
  const ms = (time: number): string => `${time.toFixed(1)} ms`
  return [
    `Where the ${ms(all)} of the standalone \`token -v\` go: ${ms(nothing)} are the runtime itself, ${ms(bare - nothing)} the request and TLS (the bare`,
    `program less the empty one), ${ms(print - nothing)} our start with the profile and the words (\`print\` less the empty program), and`,
    `${ms(all - bare - (print - nothing))} the reading and showing of the answer. The budget of 1.5 leaves ${ms(bare * 0.5)} for the last two together.`,
    `Storing a token takes ${ms(of('app token') - all)} more (\`token\` less \`token -v\`): file and journal are written and synced to disk before the`,
    'token is shown, so that no crash loses it.',
    '',
  ]
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count.toFixed(2)} times`
}

function timeSection({ measured }: Results): readonly string[] {
  const columns = ['command', 'median ms', 'fastest ms', 'peak memory MB', 'runs']
  const rows = (form: Form): readonly (readonly string[])[] =>
    [...measured]
      .filter(([name]) => name.startsWith(`${form}: `))
      .map(([name, { median, fastest, peak, runs }]) => [
        name.slice(form.length + 2),
        median.toFixed(1),
        fastest.toFixed(1),
        (peak / 1e6).toFixed(0),
        String(runs),
      ])
  return [
    '## Times and memory',
    '',
    ...sections((form) => table(columns, rows(form))),
    'With fifty processes, the time is until the last one has ended, and the memory that of the largest.',
    '',
  ]
}

function sizeSection({ sizes }: Results): readonly string[] {
  return [
    '## Sizes',
    '',
    ...table(
      ['what', 'bytes'],
      sizes.map(([name, bytes]) => [name, bytes.toLocaleString('en-US')]),
    ),
    '',
  ]
}

const KINDS: readonly (readonly [Kind, string])[] = [
  ['token', 'client credentials'],
  ['refresh', 'refresh'],
  ['validate', 'validate'],
]

function loadSection({ load: { rates, clientBusy, memory, pinned } }: Results): readonly string[] {
  const [ours] = servers
  const cell = (server: (typeof servers)[number], kind: Kind): string => {
    const rate = rates.get(rateKey(server, kind))
    if (rate === undefined) return '–'
    const times = server === ours ? '' : ` (1 : ${((rates.get(rateKey(ours, kind)) ?? 0) / rate).toFixed(1)})`
    return `${Math.round(rate).toLocaleString('en-US')}${times}`
  }
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`
  const grown = Math.round((memory.after.heap - memory.before.heap) / memory.tokens)
  return [
    '## The local identity server',
    '',
    `Requests a second${pinned ? ', the server on one core, the load from another' : ''}: 32 connections that are kept open, plain HTTP, in turns. In brackets, against ours.`,
    '',
    ...table(
      ['', ...KINDS.map(([, name]) => name)],
      servers.map((server) => [`\`${server}\``].concat(KINDS.map(([kind]) => cell(server, kind)))),
    ),
    '',
    `The client was busy ${Math.round(clientBusy * 100)} % of the time at the most. \`oauth2-mock-server\` signs its tokens and remembers none, so it has nothing to`,
    'validate by. `oidc-provider` was given a memory that forgets nothing; its introspection stands for validation.',
    '',
    `Our server takes ${megabytes(memory.before.resident)} when it is up, and ${megabytes(memory.after.resident)} once it has issued ${memory.tokens.toLocaleString('en-US')} tokens, each of which it remembers:`,
    `${grown} bytes of heap a token.`,
  ]
}

function sections(body: (form: Form) => readonly string[]): readonly string[] {
  return (Object.keys(forms) as Form[]).flatMap((form) => {
    const title = `### ${forms[form].charAt(0).toUpperCase()}${forms[form].slice(1)}`
    return [title, ''].concat(body(form), '')
  })
}

/** A table, with its columns as wide as the formatter makes them. */
function table(columns: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = columns.map((column, at) =>
    Math.max(3, column.length, ...rows.map((row) => (row[at] ?? '').length)),
  )
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  return [line(columns), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)]
}
