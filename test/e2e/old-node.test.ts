// A Node that is too old for the program: it says so, in words that such a Node can read.

import fs from 'node:fs'
import vm from 'node:vm'
import path from 'node:path'
import { expect, test } from 'vitest'

const ENTRY = fs.readFileSync(path.resolve('dist/twitch.cjs'), 'utf8').replace(/^#!.*/, '')

/** Runs the file that is started as that Node would. @returns what it did */
function startOn(version: string): {
  readonly loaded: string[]
  readonly said: string
  readonly code: unknown
} {
  const loaded: string[] = []
  let said = ''
  const process = {
    versions: { node: version },
    stderr: { write: (text: string) => void (said += text) },
    exitCode: undefined,
  }
  vm.runInNewContext(ENTRY, { process, require: (name: string) => void loaded.push(name) })
  return { loaded, said, code: process.exitCode }
}

test.each(['20.12.0', '20.20.2', '22.0.0', '24.1.0', '100.0.0'])('%s runs the program', (version) => {
  expect(startOn(version)).toEqual({ loaded: ['./program.cjs'], said: '', code: undefined })
})

test.each(['20.11.1', '18.20.0', '12.22.12', '0.10.48'])('%s is told what is needed', (version) => {
  const { loaded, said, code } = startOn(version)
  expect({ loaded, code }).toEqual({ loaded: [], code: 2 })
  expect(said).toMatch(/^error: [^\n]*Node 20\.12[^\n]*\nhint: [^\n]+\n$/)
  expect(said).toContain(version)
})

test('the file that is started has nothing that an old Node could not read', () => {
  expect(ENTRY).not.toMatch(/=>|`|\b(?:const|let|class|async|import)\b(?![^\n]*')|\?\?|\?\./)
})
