// Whatever the umask, and however open files and folders were: afterwards secrets are for their owner alone.

import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { seededApplications } from '../../src/emulator/seeds.ts'
import { recordFigure } from '../support/figures.ts'
import { shellWords } from '../support/pty.ts'
import { type StoredUser, createStoredUser } from '../support/stored-user.ts'
import { PRINT } from '../support/torture.ts'

const UMASKS = ['0000', '0022', '0027', '0077']

/** How a place may be found: what is to be done there first, which file is used, and whether its folder is ours. */
interface Start {
  readonly name: string
  prepare(config: string): void
  /** The file is in a folder of somebody's choice. */
  readonly elsewhere?: boolean
  /** There is nothing yet, so the application has to be stored first. */
  readonly empty?: boolean
}

const STARTS: readonly Start[] = [
  {
    name: 'nothing',
    empty: true,
    prepare: (config) => fs.rmSync(path.dirname(config), { recursive: true }),
  },
  { name: 'a file 0600', prepare: (config) => fs.chmodSync(config, 0o600) },
  { name: 'a file 0644', prepare: (config) => fs.chmodSync(config, 0o644) },
  { name: 'a file 0666 in a folder 0755', prepare: (config) => open(config, 0o666, 0o755) },
  { name: 'a file 0644 in a folder 0777', prepare: (config) => open(config, 0o644, 0o777) },
  {
    name: 'a file 0666 in a folder 0777 of somebody’s choice',
    elsewhere: true,
    prepare: (config) => open(config, 0o666, 0o777),
  },
]

function open(config: string, file: number, folder: number): void {
  fs.chmodSync(config, file)
  fs.chmodSync(path.dirname(config), folder)
}

/** Every file and folder below this one with its mode, in octal. */
function modesUnder(folder: string): ReadonlyMap<string, string> {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return new Map(
    ['', ...names].map((name) => [name, (fs.statSync(path.join(folder, name)).mode & 0o777).toString(8)]),
  )
}

/** Puts the file where the case wants it. */
function place({ machine }: StoredUser, { elsewhere, prepare }: Start): { config: string; flags: string[] } {
  if (elsewhere !== true) {
    prepare(machine.config)
    return { config: machine.config, flags: [] }
  }
  const config = path.join(machine.home, 'shared', 'team.env')
  fs.mkdirSync(path.dirname(config))
  fs.renameSync(machine.config, config)
  prepare(config)
  return { config, flags: ['--config', config] }
}

/** Stores, renews, stores a profile, and says what is too open then. */
async function tooOpen(umask: string, start: Start): Promise<readonly string[]> {
  const user = await createStoredUser({ secondsLeft: -3600 })
  const { machine, server } = user
  const { config, flags } = place(user, start)
  const run = async (words: readonly string[], input = ''): Promise<void> => {
    const line = `umask ${umask}; ${shellWords([...words, ...flags])}`
    const { code, stderr } = await machine.command(['/bin/bash', '-c', line], { input })
    if (code !== 0) throw new Error(`${words.join(' ')}: ${stderr}`)
  }
  const { clientId, clientSecret } = seededApplications.confidential
  const configure = ['configure', '--client-id', clientId, '--secret-stdin', '--auth-url', server.url]
  if (start.empty === true) await run(configure, clientSecret)
  await run(PRINT)
  await run([...configure, '--profile', 'bot'], clientSecret)
  await run([...PRINT, '--profile', 'bot'])

  const folder = path.dirname(config)
  const open = [...modesUnder(folder)].filter(([name, mode]) => {
    const isFolder = fs.statSync(path.join(folder, name)).isDirectory()
    // A folder that somebody chose is not ours to close.
    if (name === '' && start.elsewhere === true) return false
    return mode !== (isFolder ? '700' : '600')
  })
  expect(fs.existsSync(`${config}.journal`)).toBe(true)
  expect(fs.existsSync(path.join(folder, 'profiles', 'bot.env'))).toBe(true)
  return open.map(([name, mode]) => `umask ${umask}, ${start.name}: ${name || 'the folder'} is ${mode}`)
}

test('modes, whatever the umask and the place', { timeout: 300_000 }, async () => {
  const wrong: string[] = []
  let tried = 0
  for (const umask of UMASKS) {
    for (const start of STARTS) {
      wrong.push(...(await tooOpen(umask, start)))
      tried++
    }
  }
  recordFigure({
    area: 'tokens',
    what: 'file modes: 4 umasks × 6 places',
    tried,
    failed: wrong.length,
    figure:
      'file, journal, lock and profile 0600, folders 0700; a folder of the user’s own choice is left as it is',
    command: 'npm run torture -- test/torture/modes.deep.test.ts',
  })
  expect(wrong).toEqual([])
  expect(tried).toBe(24)
})
