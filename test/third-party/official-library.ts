// viper, with which the official CLI reads and writes its file, built from Go and asked through a pipe.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ENVIRONMENT } from '../store/official-texts.ts'
import { hasFile, hasTool } from '../support/tools.ts'

/** Go's libraries: where its user has said, or where distributions put them. */
const GOPATH = process.env['GOPATH'] ?? '/usr/share/gocode'

/** Whether there is a Go here, and its viper. */
export const hasOfficialLibrary: boolean =
  hasTool('go') && hasFile(path.join(GOPATH, 'src/github.com/spf13/viper'))

/** How long Go may take where it has never built viper before. */
export const BUILD_TIMEOUT = 120_000

/** What was read, with the expiration date as a program sees it; undefined for a file that viper does not take. */
export type OfficialReading =
  | { readonly values: Record<string, string>; readonly expiration: number | undefined }
  | undefined

/** The built program. */
export interface OfficialLibrary {
  /** Reads files. */
  read(texts: readonly string[]): readonly OfficialReading[]
  /** Writes files. */
  write(files: readonly Readonly<Record<string, string>>[]): readonly string[]
  remove(): void
}

/** Builds the program into a temporary folder. */
export function buildOfficialLibrary(): OfficialLibrary {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'twitch-token-go-'))
  const file = path.join(folder, 'official-format')
  execFileSync('go', ['build', '-o', file, path.resolve('test/third-party/official-format/main.go')], {
    env: { ...process.env, GO111MODULE: 'off', GOPATH, CGO_ENABLED: '0' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })

  function ask(requests: readonly object[]): readonly Answer[] {
    const input = requests.map((request) => `${JSON.stringify(request)}\n`).join('')
    const output = execFileSync(file, { input, env: ENVIRONMENT, maxBuffer: 1 << 28, encoding: 'utf8' })
    const answers = output.trimEnd().split('\n')
    if (answers.length !== requests.length) throw new Error('Some requests were not answered')
    return answers.map((line) => JSON.parse(line) as Answer)
  }

  return {
    read: (texts) =>
      ask(texts.map((read) => ({ read }))).map(({ error, values = {}, expiration }) =>
        error === undefined ? { values, expiration } : undefined,
      ),
    write: (files) =>
      ask(files.map((write) => ({ write }))).map(({ error, text = '' }) => {
        if (error !== undefined) throw new Error(error)
        return text
      }),
    remove: () => rmSync(folder, { recursive: true }),
  }
}

interface Answer {
  readonly values?: Record<string, string>
  readonly expiration?: number
  readonly text?: string
  readonly error?: string
}
