// Our own helpers that are processes: started, told something, asked for one answer at a time, and ended.

import { type ChildProcess, type ForkOptions, fork } from 'node:child_process'
import { once } from 'node:events'

/** Starts a script of ours, which has to end when its channel is closed. */
export function startScript(file: string, options: ForkOptions = {}): ChildProcess {
  const child = fork(file, { execArgv: ['--import', 'tsx', '--expose-gc'], ...options })
  child.once('exit', (code) => {
    if (code !== null && code !== 0) process.stderr.write(`${file} ended with ${code}\n`)
  })
  return child
}

/** Ends it. */
export function stopScript(child: ChildProcess): void {
  if (child.connected) child.disconnect()
}

/** Tells it something, and waits for what it answers. */
export async function ask<Answer>(child: ChildProcess, what: unknown): Promise<Answer> {
  const gone = new AbortController()
  const leave = (): void => gone.abort(new Error(`${child.spawnargs.at(-1)} has ended`))
  child.once('exit', leave)
  try {
    const answered = once(child, 'message', { signal: gone.signal })
    child.send(what as object)
    const [answer] = (await answered) as [Answer]
    return answer
  } finally {
    child.off('exit', leave)
  }
}
