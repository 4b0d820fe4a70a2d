// Makes everything that a release consists of, in `release/`: the package, an archive for each platform, a bill of materials,
// and the checksums. It publishes nothing. Without a word it makes archives for this machine and one platform of each other kind.
// usage: npm run release, or npm run release:dry-run [-- PLATFORM ...]

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { zipSync } from 'fflate'
import manifest from '../package.json' with { type: 'json' }
import { billOfMaterials } from './bill-of-materials.ts'
import { buildBinary } from './binaries.ts'
import { type Target, chosenTargets, hostTarget, programName } from './targets.ts'

const OUTPUT = path.resolve('release')
/** What lies beside the program in an archive. */
const DOCUMENTS = ['README.md', 'CHANGELOG.md', 'LICENSE', 'dist/THIRD_PARTY_LICENSES.txt', 'man/twitch.1']
/** One platform of each kind, for a rehearsal. */
const REHEARSED = ['linux-arm64-musl', 'darwin-arm64', 'windows-x64']

/** Packs a program and its documents. @returns the archive */
function archive(target: Target, program: string): string {
  const name = `twitch-token-${manifest.version}-${target.name}`
  return target.name.startsWith('windows') ? zip(name, target, program) : tar(name, target, program)
}

function zip(name: string, target: Target, program: string): string {
  const files = [
    [programName(target), program] as const,
    ...DOCUMENTS.map((file) => [path.basename(file), file] as const),
  ]
  const entries = files.map(([inside, file]) => [`${name}/${inside}`, fs.readFileSync(file)] as const)
  const file = path.join(OUTPUT, `${name}.zip`)
  fs.writeFileSync(file, zipSync(Object.fromEntries(entries)))
  return file
}

function tar(name: string, target: Target, program: string): string {
  const staging = fs.mkdtempSync(path.join(os.tmpdir(), 'twitch-token-release-'))
  try {
    const folder = path.join(staging, name)
    fs.mkdirSync(folder)
    fs.copyFileSync(program, path.join(folder, programName(target)))
    for (const file of DOCUMENTS) fs.copyFileSync(file, path.join(folder, path.basename(file)))
    const file = path.join(OUTPUT, `${name}.tar.gz`)
    execFileSync('tar', ['-czf', file, '--owner=0', '--group=0', '-C', staging, name])
    return file
  } finally {
    fs.rmSync(staging, { recursive: true, force: true })
  }
}

/** Unpacks the archive of this machine and runs what is in it. @throws Error when it is not what it says */
function tryOut(file: string, target: Target): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'twitch-token-release-'))
  try {
    execFileSync('tar', ['-xzf', file, '-C', folder])
    const program = path.join(folder, path.basename(file, '.tar.gz'), programName(target))
    const run = (...words: string[]): string =>
      execFileSync(program, words, {
        encoding: 'utf8',
        env: { HOME: folder },
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim()
    if (run('version') !== `twitch-token/${manifest.version}`)
      throw new Error(`${file} is of another version.`)
    if (!/^mock\w{26}$/.test(run('token', '--mock', '-q')))
      throw new Error(`${file} does not do its main job.`)
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

function checksums(): string {
  const names = fs.readdirSync(OUTPUT).filter((name) => name !== 'SHA256SUMS')
  const lines = names.toSorted().map((name) => {
    const hash = createHash('sha256')
      .update(fs.readFileSync(path.join(OUTPUT, name)))
      .digest('hex')
    return `${hash}  ${name}\n`
  })
  return lines.join('')
}

const words = process.argv.slice(2)
const host = hostTarget()
const targets = chosenTargets(words.length > 0 || host === undefined ? words : [host.name, ...REHEARSED])
fs.rmSync(OUTPUT, { recursive: true, force: true })
fs.mkdirSync(OUTPUT)
execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', OUTPUT], {
  stdio: ['ignore', 'ignore', 'inherit'],
})
for (const target of targets) {
  const file = archive(target, await buildBinary(target))
  if (target === host) tryOut(file, target)
}
fs.writeFileSync(path.join(OUTPUT, `twitch-token-${manifest.version}.cdx.json`), billOfMaterials())
fs.writeFileSync(path.join(OUTPUT, 'SHA256SUMS'), checksums())
for (const name of fs.readdirSync(OUTPUT).toSorted()) {
  const size = fs.statSync(path.join(OUTPUT, name)).size
  process.stdout.write(`${(size / 1e6).toFixed(1).padStart(6)} MB  ${name}\n`)
}
process.stdout.write('Nothing was published. To publish: CONTRIBUTING.md, under Releasing.\n')
