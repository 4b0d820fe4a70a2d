// The man page and the README's table are what the table of commands makes them; `npm run documents` writes them anew.

import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { manPage } from '../../build/man-page.ts'
import { withCommandTable } from '../../build/readme-table.ts'
import manifest from '../../package.json' with { type: 'json' }
import type { FlagSpec } from '../../src/cli/command.ts'
import { table } from '../../src/cli/commands/index.ts'
import { globalFlags } from '../../src/cli/globals.ts'
import { exitCodes, topics } from '../../src/cli/help/topics.ts'
import { hasTool } from '../support/tools.ts'

const PAGE = 'man/twitch.1'
const edition = { version: manifest.version, date: 'November 23, 2026' }

describe('the man page', () => {
  test('is the one that is kept', async () => {
    const kept = fs.readFileSync(PAGE, 'utf8')
    const date = /^\.Dd (.+)$/m.exec(kept)?.[1] ?? ''
    expect(new Date(`${date} UTC`).getUTCFullYear()).toBeGreaterThan(2025)
    expect(kept).toBe(await manPage({ ...edition, date }))
  })

  test('is plain ASCII, with nothing of ours taken for the language’s own', async () => {
    const text = await manPage(edition)
    expect(text).toMatch(/^[\n\u0020-\u007e]+$/)
    const known = /^\.(?:\\"|Dd|Dt|Os|Sh|Ss|Nm|Nd|Ar|Op|Pp|Bd|Ed|Bl|El|It|Lk)(?![a-zA-Z])/
    expect(text.split('\n').filter((line) => /^[.']/.test(line) && !known.test(line))).toEqual([])
  })

  test.skipIf(!hasTool('mandoc'))('is found faultless by mandoc, down to matters of style', () => {
    expect(execFileSync('mandoc', ['-T', 'lint', '-W', 'style', PAGE], { encoding: 'utf8' })).toBe('')
  })

  test.skipIf(!hasTool('mandoc'))('shows every command, flag, variable, file and exit code', async () => {
    const shown = execFileSync('mandoc', ['-T', 'ascii', '-O', 'width=200', PAGE], { encoding: 'utf8' })
      // oxlint-disable-next-line no-control-regex
      .replaceAll(/.\u0008/g, '')
      .replaceAll(/\s+/g, ' ')
    const expected: string[] = exitCodes.map(({ code, name }) => `${code} (${name})`)
    for (const { name, summary, load } of table.commands) {
      const { flags, examples } = await load()
      expected.push(`twitch ${name} ${summary}.`, ...examples.map(({ type }) => type))
      for (const [flag, { value }] of Object.entries<FlagSpec>({ ...flags, ...globalFlags }))
        expected.push(`--${flag}${value === undefined ? '' : ` ${value}`} `)
    }
    for (const { parts } of topics.filter(({ name }) => name !== 'exit-codes'))
      expected.push(...parts.flatMap(({ rows }) => rows.map(([term]) => term.replaceAll(/\s+/g, ' '))))
    expected.push(
      'NAME',
      'SYNOPSIS',
      'DESCRIPTION',
      'ENVIRONMENT',
      'FILES',
      'EXIT STATUS',
      'EXAMPLES',
      'SEE ALSO',
    )
    // What is not ASCII is shown by other means there.
    const plain = expected.filter((text) => /^[\u0020-\u007e]+$/.test(text))
    expect(plain.length).toBeGreaterThan(100)
    expect(plain.filter((text) => !shown.includes(text))).toEqual([])
  })

  test.skipIf(!hasTool('groff'))('is shown by groff without a warning', () => {
    const { stdout, stderr } = spawnSync('groff', ['-mandoc', '-Tutf8', '-ww', PAGE], { encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(stdout.length).toBeGreaterThan(10_000)
  })
})

describe('the README', () => {
  test('has the table of commands as it is', () => {
    const readme = fs.readFileSync('README.md', 'utf8')
    expect(withCommandTable(readme)).toBe(readme)
  })

  test('gets the table where its marks are, and only there', () => {
    const made = withCommandTable('a\n<!-- commands -->old<!-- /commands -->\nb\n') ?? ''
    for (const { name, summary } of table.commands)
      expect(made).toMatch(new RegExp(`\\| \`twitch ${name}\` +\\| ${summary} +\\|`))
    expect(made).toMatch(/^a\n<!-- commands -->\n\n[^]*\n\n<!-- \/commands -->\nb\n$/)
    expect(made).not.toContain('old')
    expect(withCommandTable('no marks')).toBeUndefined()
  })
})

test('every file that the documents name is there', () => {
  const documents = [
    'README.md',
    'SECURITY.md',
    'CONTRIBUTING.md',
    ...fs.readdirSync('docs').map((name) => `docs/${name}`),
  ]
  const named = documents
    .filter((document) => document.endsWith('.md'))
    .flatMap((document) =>
      [
        ...fs
          .readFileSync(document, 'utf8')
          .matchAll(/`((?:[\w.-]+\/)+[\w.-]+\.(?:ts|cjs|json|md))`|\]\(([\w./-]+)\)/g),
      ].map(([, code, link]) => ({ document, file: code ?? path.join(path.dirname(document), link ?? '') })),
    )
  expect(named.length).toBeGreaterThan(50)
  // Code is named from the root, or from the folder that the document says.
  const missing = named.filter(
    ({ file }) => !['.', 'src', 'test', 'src/cli'].some((folder) => fs.existsSync(path.join(folder, file))),
  )
  expect(missing).toEqual([])
})
