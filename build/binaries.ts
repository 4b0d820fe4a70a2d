// Builds the standalone program: for this machine, or for the platforms that are named, or for `all`.
// usage: npm run build:binary [-- PLATFORM ...]

import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { type Plugin, rolldown } from 'rolldown'
import { common, noChildProcess, plainBuiltins } from '../rolldown.config.ts'
import { fetchRuntime } from './runtime.ts'
import { type Target, chosenTargets, hostTarget, programName } from './targets.ts'

const OUTPUT = path.resolve('binaries')

/** How a program is compiled, whatever it does. */
export const COMPILE_FLAGS: readonly string[] = [
  '--compile',
  '--minify',
  '--bytecode',
  '--format=cjs',
  // Else the program would read a `.env`, and run what a `bunfig.toml` names, in whatever folder it is called.
  '--no-compile-autoload-dotenv',
  '--no-compile-autoload-bunfig',
  '--no-compile-autoload-tsconfig',
  '--no-compile-autoload-package-json',
]

/** Where the program of a platform is. */
export function binaryOf(target: Target): string {
  return path.join(OUTPUT, target.name, programName(target))
}

/** Puts the lock of the platform in the place of the npm form's: the runtime takes an addon in by a fixed path only, and has other means on Linux and macOS. */
function lockOf({ addon }: Target): Plugin {
  return {
    name: 'lock',
    resolveId(source) {
      if (source === './native-lock.ts' && addon === undefined)
        return path.resolve('src/platform/bun-lock.ts')
      return source.endsWith('.node') ? { id: source, external: true } : null
    },
    transform(code, id) {
      if (addon === undefined || !id.endsWith('/native-lock.ts')) return null
      const fixed = code.replace(
        'loadAddon().',
        `(require(${JSON.stringify(path.resolve(addon))}) as NativeLock).`,
      )
      if (fixed === code) throw new Error(`${id} does not load its addon as it did.`)
      return fixed
    },
  }
}

/** The program, in the parts that it is loaded in. @returns the path of the one that is started */
async function bundle(target: Target): Promise<string> {
  const folder = path.join(OUTPUT, 'bundles', target.name)
  const build = await rolldown({
    ...common,
    input: { program: 'src/standalone.ts' },
    external: ['bun:ffi'],
    plugins: [noChildProcess, plainBuiltins, lockOf(target)],
  })
  // In one file every part of Node that any command needs would be loaded by each of them.
  await build.write({
    dir: folder,
    cleanDir: true,
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: 'chunks/[name]-[hash].cjs',
    dynamicImportInCjs: false,
    comments: false,
  })
  return path.join(folder, 'program.cjs')
}

/** Builds the program for a platform. @returns its path */
export async function buildBinary(target: Target): Promise<string> {
  const host = hostTarget()
  if (host === undefined) throw new Error(`There is no Bun for ${process.platform} on ${process.arch}.`)
  const output = binaryOf(target)
  fs.rmSync(path.dirname(output), { recursive: true, force: true })
  const flags = [
    ...COMPILE_FLAGS,
    // A way to sign in at a proxy that is there only if somebody has installed it.
    '--external=kerberos',
    `--target=bun-${target.name}`,
    `--compile-executable-path=${fetchRuntime(target)}`,
    `--outfile=${output}`,
  ]
  execFileSync(fetchRuntime(host), ['build', await bundle(target), ...flags], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return output
}

if (process.argv[1] === import.meta.filename) {
  for (const target of chosenTargets(process.argv.slice(2))) {
    const file = await buildBinary(target)
    process.stdout.write(`${path.relative('.', file)}  ${Math.round(fs.statSync(file).size / 1e6)} MB\n`)
  }
}
