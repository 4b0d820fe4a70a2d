// Fetching the runtime of the standalone program from the npm registry, once, and only the bytes that are expected.

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { BUN_VERSION, type Target } from './targets.ts'

const CACHE = path.resolve('node_modules/.cache/twitch-token')

/** The path of Bun for a platform. @throws Error when the package is not the one that was chosen */
export function fetchRuntime({ bun, integrity }: Target): string {
  const folder = path.join(CACHE, `bun-${bun}-${BUN_VERSION}`)
  const file = path.join(folder, 'package', 'bin', bun.startsWith('windows') ? 'bun.exe' : 'bun')
  if (fs.existsSync(file)) return file
  fs.mkdirSync(folder, { recursive: true })
  const name = `@oven/bun-${bun}@${BUN_VERSION}`
  const packed = execFileSync('npm', ['pack', name, '--silent', '--pack-destination', folder], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  })
  const archive = path.join(folder, packed.trim().split('\n').at(-1) ?? '')
  const hash = `sha512-${createHash('sha512').update(fs.readFileSync(archive)).digest('base64')}`
  if (hash !== integrity) throw new Error(`${name} is not the package that was chosen: ${hash}`)
  execFileSync('tar', ['-xzf', archive, '-C', folder])
  fs.rmSync(archive)
  return file
}
