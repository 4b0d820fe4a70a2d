// How large is what people download, and what they have then.

import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import zlib from 'node:zlib'

/** A thing, and its size in bytes. */
export type Size = readonly [name: string, bytes: number]

const XZ = '/usr/bin/xz'

/** Measures the package and the standalone program. @param thorough whether there is time for compressing the latter */
export function measureSizes(binary: string, thorough: boolean): readonly Size[] {
  const packed = execFileSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [about] = JSON.parse(packed) as [{ size: number; unpackedSize: number }]
  return [
    ['npm package, packed', about.size],
    ['npm package, unpacked', about.unpackedSize],
    ['what every start reads: `dist/twitch.cjs` and `dist/program.cjs`', entrySize()],
    ['standalone program', fs.statSync(binary).size],
    ...(thorough ? compressed(binary) : []),
  ]
}

function entrySize(): number {
  return ['dist/twitch.cjs', 'dist/program.cjs'].reduce((sum, file) => sum + fs.statSync(file).size, 0)
}

function compressed(binary: string): readonly Size[] {
  const gzip: Size = [
    'standalone program, gzip -6',
    zlib.gzipSync(fs.readFileSync(binary), { level: 6 }).length,
  ]
  if (!fs.existsSync(XZ)) return [gzip]
  const xz = execFileSync(XZ, ['-6', '-T0', '--stdout', binary], { maxBuffer: 1e9 })
  return [gzip, ['standalone program, xz -6', xz.length]]
}
