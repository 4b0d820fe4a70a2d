// The forms as somebody installs them: the packed tarball in an empty folder, on several versions of Node, and the standalone program.

import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { buildBinary } from '../../build/binaries.ts'
import { hostTarget } from '../../build/targets.ts'

/** The lines of Node that the package promises to run on; the first is the one that runs this. */
export const NODE_LINES = ['20', '22', '24', '26'] as const

/** Packs the package, and installs nothing but the tarball in an empty folder. @returns the folder */
export function installPackage(folder: string): string {
  const output = npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], path.resolve('.'))
  const [packed] = JSON.parse(output) as [{ readonly filename: string }]
  const project = path.join(folder, 'project')
  fs.mkdirSync(project)
  fs.writeFileSync(path.join(project, 'package.json'), '{ "private": true, "type": "module" }\n')
  npm(['install', '--no-audit', '--no-fund', path.join(folder, packed.filename)], project)
  return project
}

/** The path of a Node of that line; of this one, or of the newest that the registry has. */
export function installNode(line: string, folder: string): string {
  if (process.versions.node.startsWith(`${line}.`)) return process.execPath
  const project = path.join(folder, `node-${line}`)
  fs.mkdirSync(project)
  fs.writeFileSync(path.join(project, 'package.json'), '{ "private": true }\n')
  npm(['install', '--no-audit', '--no-fund', `node@${line}`], project)
  return path.join(project, 'node_modules', 'node', 'bin', 'node')
}

/** Builds the standalone program of this machine. @returns its path */
export async function installBinary(): Promise<string> {
  const target = hostTarget()
  if (target === undefined) throw new Error('There is no standalone program for this machine.')
  return buildBinary(target)
}

function npm(words: readonly string[], cwd: string): string {
  return execFileSync('npm', words, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
}
