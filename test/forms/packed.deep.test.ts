// The packed tarball, installed alone in an empty folder: what is in it, and that program, library and types work on every line of Node.

import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { createMachine } from '../support/program.ts'
import { NODE_LINES, installNode, installPackage } from './install.ts'

let folder = ''
let project = ''

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'twitch-token-packed-'))
  project = installPackage(folder)
}, 120_000)

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

/** A program that uses both doors of the library. */
const LIBRARY = `
  import { Secret, createMemoryStore, createSession } from 'twitch-token'
  import { seededApplications, startEmulator } from 'twitch-token/emulator'
  const emulator = await startEmulator()
  const store = createMemoryStore()
  const { clientId, clientSecret } = seededApplications.confidential
  await store.update('default', async (stored) => ({
    ...stored,
    server: { url: emulator.url, name: 'emulator' },
    application: { type: 'confidential', clientId, clientSecret: new Secret(clientSecret) },
  }))
  const { kind, accessToken } = await createSession({ store }).accessToken()
  console.log(kind, accessToken.reveal().length, String(accessToken))
  await emulator.close()
`

describe('the tarball', () => {
  test('holds these files, and nothing else', () => {
    const installed = path.join(project, 'node_modules', manifest.name)
    const files = fs
      .readdirSync(installed, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(installed, path.join(entry.parentPath, entry.name)))
    const kinds = [
      /^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|SECURITY\.md|dist\/THIRD_PARTY_LICENSES\.txt)$/,
      /^dist\/(?:twitch|program)\.cjs$/,
      /^dist\/(?:index|emulator)\.mjs$/,
      /^dist\/chunks\/[\w-]+\.[cm]js$/,
      /^dist\/types\/[\w/-]+\.d\.ts$/,
      /^man\/twitch\.1$/,
    ]
    expect(files.filter((file) => !kinds.some((kind) => kind.test(file)))).toEqual([])
    for (const kind of kinds)
      expect(files.filter((file) => kind.test(file)).length, String(kind)).toBeGreaterThan(0)
  })

  test('runs nothing when it is installed', () => {
    const scripts = Object.keys(manifest.scripts)
    expect(scripts.filter((name) => /^(?:pre|post)?install$|^postprepare$/.test(name))).toEqual([])
  })

  test('brings one package with it', () => {
    const [...packages] = fs
      .readdirSync(path.join(project, 'node_modules'))
      .filter((name) => !name.startsWith('.'))
    expect(Object.keys(manifest.dependencies)).toEqual(['fs-native-extensions'])
    expect(packages).toContain('fs-native-extensions')
  })

  test('has types that a strict project can use', () => {
    for (const name of ['bot.ts', 'emulator.test.ts'])
      fs.copyFileSync(path.join('examples', name), path.join(project, name))
    fs.cpSync('node_modules/@types/node', path.join(project, 'node_modules/@types/node'), { recursive: true })
    fs.cpSync('node_modules/undici-types', path.join(project, 'node_modules/undici-types'), {
      recursive: true,
    })
    const flags = ['--strict', '--noEmit', '--target', 'es2023', '--module', 'nodenext', '--types', 'node']
    const compiler = path.resolve('node_modules/typescript/bin/tsc')
    execFileSync(process.execPath, [compiler, ...flags, 'bot.ts', 'emulator.test.ts'], {
      cwd: project,
      stdio: 'pipe',
    })
  })
})

describe.each(NODE_LINES)('on Node %s', (line) => {
  let node = ''
  beforeAll(() => {
    node = installNode(line, folder)
  }, 120_000)

  test('the program does its main job, with no account and no network', async () => {
    const machine = createMachine()
    const twitch = path.join(project, 'node_modules', '.bin', 'twitch')
    const run = async (...words: string[]): Promise<string> => {
      const { code, stdout, stderr } = await machine.command([node, twitch, ...words])
      expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' })
      return stdout.trim()
    }
    expect(await run('version')).toBe(`twitch-token/${manifest.version}`)
    expect(await run('token', '--mock')).toMatch(/App Access Token: mock\w{26}/)
    const token = await run('token', 'print', '--mock')
    expect(token).toMatch(/^mock\w{26}$/)
    // To issue it anew takes the lock, which is a part of the program that is native.
    await run('token', 'logout', '--mock')
    expect(await run('token', 'print', '--mock')).not.toBe(token)
  })

  test('the library works', () => {
    const file = path.join(project, `library-${line}.mjs`)
    fs.writeFileSync(file, LIBRARY)
    expect(execFileSync(node, [file], { encoding: 'utf8' })).toBe('app 30 [secret]\n')
  })

  test.skipIf(line === '20')('the example of a test runs as it stands', () => {
    fs.copyFileSync('examples/emulator.test.ts', path.join(project, 'emulator.test.ts'))
    const output = execFileSync(node, ['--test', 'emulator.test.ts'], { cwd: project, encoding: 'utf8' })
    expect(output).toMatch(/pass 1\b/)
  })
})
