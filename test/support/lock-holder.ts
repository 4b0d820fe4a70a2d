// A process of its own that holds a profile's lock, and does nothing else.

import { type ChildProcess, spawn } from 'node:child_process'
import { collect } from './program.ts'

/** Starts it. The file is that of the profile; whoever calls ends the process. */
export async function holdLock(file: string): Promise<ChildProcess> {
  const script = `
    const fs = require('node:fs')
    const { tryLock } = require('fs-native-extensions')
    const descriptor = fs.openSync(${JSON.stringify(`${file}.lock`)}, 'w+')
    if (!tryLock(descriptor)) throw new Error('it is held already')
    process.stderr.write('held')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['-e', script], { stdio: 'pipe' })
  const ended = collect(child)
  await Promise.race([
    new Promise((resolve) => child.stderr.once('data', resolve)),
    ended.then(({ stderr }) => Promise.reject(new Error(stderr))),
  ])
  return child
}
