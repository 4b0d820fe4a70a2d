// Runs the end-to-end tests on every form: the packed tarball on each line of Node, and the standalone program, which has hostile tests too.
// usage: npm run test:forms [-- FORM ...], where a form is a line of Node, or `binary`

import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { NODE_LINES, installBinary, installNode, installPackage } from './install.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'twitch-token-forms-'))

const LONG = ['--config', 'vitest.deep.config.ts']
const SUITES = {
  /** Beside the end-to-end tests, what depends on the line of Node. */
  node: [['test/e2e'], [...LONG, 'test/hostile/network-matrix.deep.test.ts']],
  binary: [
    ['test/e2e'],
    [
      ...LONG,
      ...['bodies', 'canaries', 'crashes', 'network-matrix', 'redirects'].map(
        (name) => `test/hostile/${name}.deep.test.ts`,
      ),
    ],
  ],
} as const

/** Runs tests with that program, in their short form. @returns what passed and what failed */
async function runTests(
  program: readonly string[],
  suite: readonly string[],
): Promise<readonly [number, number]> {
  const tests = spawn('npx', ['vitest', 'run', ...suite], {
    env: { ...process.env, TORTURE: 'short', TWITCH_PROGRAM: JSON.stringify(program) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  tests.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    process.stdout.write(text)
  })
  const code = await new Promise<number | null>((resolve) => tests.once('close', resolve))
  const [, passed = '0', failed = '1'] = /^(\d+) passed, (\d+) failed$/m.exec(output) ?? []
  return [Number(passed), Math.max(Number(failed), code === 0 ? 0 : 1)]
}

const wanted = process.argv.slice(2)
const forms = wanted.length > 0 ? wanted : [...NODE_LINES, 'binary']
const results: (readonly [string, number, number])[] = []
try {
  const project = forms.some((form) => form !== 'binary') ? installPackage(folder) : ''
  for (const form of forms) {
    const program =
      form === 'binary'
        ? [await installBinary()]
        : [
            installNode(form, folder),
            path.join(project, 'node_modules', 'twitch-token', 'dist', 'twitch.cjs'),
          ]
    const name = form === 'binary' ? 'The standalone program' : `The packed tarball on Node ${form}`
    for (const suite of form === 'binary' ? SUITES.binary : SUITES.node) {
      process.stdout.write(`\n${name}\n`)
      results.push([name, ...(await runTests(program, suite))])
    }
  }
} finally {
  fs.rmSync(folder, { recursive: true, force: true })
}

process.stdout.write('\n')
for (const [name, passed, failed] of results)
  process.stdout.write(`${name}: ${passed} of ${passed + failed}\n`)
const sum = (index: 1 | 2): number => results.reduce((total, result) => total + result[index], 0)
process.stdout.write(`${sum(1)} passed, ${sum(2)} failed\n`)
process.exitCode = sum(2) === 0 ? 0 : 1
