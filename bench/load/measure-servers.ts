// What local identity servers sustain: each on one core, the load from another, a little of everything in turn.

import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ask, startScript, stopScript } from '../child.ts'
import { median, shuffled } from '../measure.ts'
import type { Burst, Hits } from './client.ts'
import type { Kind, Memory, Question, Ready } from './contestant.ts'

/** The servers, ours first. */
export const servers = ['twitch-token', 'oauth2-mock-server', 'oidc-provider'] as const

/** One of them. */
export type ServerName = (typeof servers)[number]

/** How much is done. */
export interface LoadEffort {
  readonly rounds: number
  readonly milliseconds: number
  /** How many tokens our server is to have issued when its memory is looked at. */
  readonly tokens: number
}

/** What was found. */
export interface LoadFigures {
  /** Requests a second, by server and kind. */
  readonly rates: ReadonlyMap<string, number>
  /** How busy the client was at the most, of 1. */
  readonly clientBusy: number
  readonly memory: { readonly before: Memory; readonly after: Memory; readonly tokens: number }
  readonly pinned: boolean
}

const CONNECTIONS = 32
const WARM_UP = 1_500
const TASKSET = '/usr/bin/taskset'

/** The key of a rate. */
export function rateKey(server: ServerName, kind: Kind): string {
  return `${server} ${kind}`
}

interface Contender {
  readonly name: ServerName
  readonly child: ChildProcess
  readonly ready: Ready
}

/** Measures them. */
export async function measureServers({ rounds, milliseconds, tokens }: LoadEffort): Promise<LoadFigures> {
  const pinned = existsSync(TASKSET) && os.availableParallelism() > 1
  const client = startScript(path.join(import.meta.dirname, 'client.ts'), pinnedTo(1, pinned))
  const contenders: Contender[] = []
  for (const name of servers) contenders.push(await startServer(name, pinned))
  try {
    const shots = contenders.flatMap(({ name, ready: { port, shots } }) =>
      shots.map((shot) => ({ key: rateKey(name, shot.kind), port, shot, seen: [] as number[] })),
    )
    const fire = async (burst: Omit<Burst, 'connections'>): Promise<Hits> =>
      ask<Hits>(client, { ...burst, connections: CONNECTIONS } satisfies Burst)
    for (const { port, shot } of shots) await fire({ port, shot, milliseconds: WARM_UP })
    let clientBusy = 0
    for (let round = 0; round < rounds; round++) {
      for (const { port, shot, seen } of shuffled(shots)) {
        const hits = await fire({ port, shot, milliseconds })
        seen.push((hits.answers / hits.milliseconds) * 1000)
        clientBusy = Math.max(clientBusy, hits.busy)
      }
    }
    const rates = new Map(shots.map(({ key, seen }) => [key, median(seen)]))
    return { rates, clientBusy, memory: await measureMemory(tokens), pinned }
  } finally {
    stopScript(client)
    for (const { child } of contenders) stopScript(child)
  }
}

/** In a server that has answered nothing else. */
async function measureMemory(tokens: number): Promise<LoadFigures['memory']> {
  const { child } = await startServer('twitch-token', false)
  const before = await ask<Memory>(child, { issue: 0 } satisfies Question)
  const after = await ask<Memory>(child, { issue: tokens } satisfies Question)
  stopScript(child)
  return { before, after, tokens }
}

async function startServer(name: ServerName, pinned: boolean): Promise<Contender> {
  const child = startScript(path.join(import.meta.dirname, 'servers', `${name}.ts`), pinnedTo(0, pinned))
  const [ready] = (await once(child, 'message')) as [Ready]
  return { name, child, ready }
}

/** Starts Node through `taskset`, so that all of its threads stay on one core. */
function pinnedTo(core: number, pinned: boolean): { execPath?: string; execArgv?: string[] } {
  if (!pinned) return {}
  return {
    execPath: TASKSET,
    execArgv: ['-c', String(core), process.execPath, '--import', 'tsx', '--expose-gc'],
  }
}
