// Opening the user's browser: an argument array, no shell, and an http or https address only.

import { spawn } from 'node:child_process'
import open from 'open'

/**
 * Opens the address with what BROWSER names, or else with what the system opens addresses with.
 *
 * @throws Error when nothing could be started
 */
export async function openBrowser(address: string): Promise<void> {
  const url = new URL(address)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new Error('only web addresses are opened')
  const named = (process.env['BROWSER'] ?? '').split(':').find((command) => command.trim() !== '')
  await (named === undefined ? open(url.href) : start(named, url.href))
}

/** BROWSER holds commands with colons between; in one, `%s` stands for the address, which else comes last. */
async function start(command: string, url: string): Promise<void> {
  const words = command.trim().split(/\s+/)
  const hasPlace = words.some((word) => word.includes('%s'))
  const [file = '', ...args] = hasPlace
    ? words.map((word) => word.replaceAll('%s', () => url))
    : [...words, url]
  await new Promise<void>((resolve, reject) => {
    const child = spawn(file, args, { stdio: 'ignore', detached: true })
    child.once('error', (error: NodeJS.ErrnoException) => reject(new Error(`${file}: ${error.code}`)))
    child.once('spawn', () => {
      child.unref()
      resolve()
    })
  })
}
