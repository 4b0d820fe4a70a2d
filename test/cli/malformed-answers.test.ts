// Every endpoint against every malformed answer: one line, exit 7, no stack, nothing stored.

import { describe, expect, test } from 'vitest'
import { run } from '../../src/cli/run.ts'
import {
  type MalformedAnswer,
  anywhere,
  forDevices,
  forRevocation,
  forTokens,
  forValidation,
} from '../support/malformed.ts'
import { createMemoryFiles, createTestWorld } from '../support/world.ts'

const PATH = '/home/someone/.config/twitch-cli/.twitch-cli.env'
const SECRET = 'canarysecretcanarysecretcanary'
const TOKEN = 'canarytokencanarytokencanaryto'
const REFRESH = 'canaryrefreshcanaryrefreshcanaryrefreshcanary12345678'
const KEPT = `CLIENTID=abc\nCLIENTSECRET=${SECRET}\nACCESSTOKEN=${TOKEN}\nREFRESHTOKEN=${REFRESH}\nTOKENSCOPES=[chat:read]\n`

const cases: readonly (readonly [
  name: string,
  words: readonly string[],
  answers: readonly MalformedAnswer[],
])[] = [
  ['an app token', ['token'], [...anywhere, ...forTokens]],
  ['a refresh', ['token', '-R', REFRESH], [...anywhere, ...forTokens]],
  ['a validation', ['token', '-v', TOKEN], [...anywhere, ...forValidation]],
  ['a revocation', ['token', '-r', TOKEN], [...anywhere, ...forRevocation]],
  [
    'configuring a confidential application',
    ['configure', '-i', 'other', '-s', SECRET],
    [...anywhere, ...forTokens],
  ],
  [
    'configuring a public application',
    ['configure', '-i', 'other', '--public'],
    [...anywhere, ...forDevices],
  ],
]

describe.each(cases)('%s', (_name, words, answers) => {
  test.each(answers)('$name', async ({ answer }) => {
    const contents = new Map([[PATH, KEPT]])
    const world = createTestWorld({ files: createMemoryFiles(contents), http: async () => answer })
    expect(await run([...words, '--verbose'], world)).toBe(7)
    const { [`${PATH}.journal`]: journal = '', ...kept } = Object.fromEntries(contents)
    expect(kept).toEqual({ [PATH]: KEPT })
    // What became of a refresh token that was sent is written down, without the token.
    expect(journal).not.toMatch(/canary/)
    const { stdout, stderr } = world.terminal
    expect(stdout).toBe('')
    expect(stderr).not.toMatch(/canary/)
    const quiet = createTestWorld({ files: createMemoryFiles(contents), http: async () => answer })
    await run([...words, '-q'], quiet)
    expect(quiet.terminal.stderr).toMatch(/^error: [^\n\u0000-\u001f]+\nhint: [^\n\u0000-\u001f]+\n$/)
    const json = createTestWorld({ files: createMemoryFiles(contents), http: async () => answer })
    expect(await run([...words, '--json'], json)).toBe(7)
    expect(JSON.parse(json.terminal.stdout)).toMatchObject({ error: { kind: 'protocol' } })
  })
})
