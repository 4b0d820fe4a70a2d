// Help: every page fits its terminal, says everything that the table of commands holds, and no more colour than is wanted.

import { readFileSync, readdirSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { FlagSpec } from '../../src/cli/command.ts'
import { table } from '../../src/cli/commands/index.ts'
import { exitCode } from '../../src/cli/exit-code.ts'
import { layOut } from '../../src/cli/help/layout.ts'
import { helpPage } from '../../src/cli/help/page.ts'
import { exitCodes, topics } from '../../src/cli/help/topics.ts'
import { globalFlags } from '../../src/cli/globals.ts'
import { Failure } from '../../src/domain/failure.ts'
import { createSomebody } from '../support/somebody.ts'

const pages = [
  '',
  ...table.commands.map(({ name }) => name),
  ...table.groups.map(({ name }) => name),
  ...topics.map(({ name }) => name),
]

async function page(name: string, columns = 80, color = false): Promise<string> {
  return helpPage(
    name.split(' ').filter((word) => word !== ''),
    table,
    { columns, color },
  )
}

describe('a page of help', () => {
  test.each(pages)(
    '"%s" fits 60, 80 and 120 columns, but for what has to be typed in one piece',
    async (name) => {
      const examples = new Set(
        [
          ...topics.flatMap((topic) => topic.examples),
          ...(await Promise.all(table.commands.map(async (entry) => (await entry.load()).examples))).flat(),
        ].map(({ type }) => `  ${type}`),
      )
      for (const columns of [60, 80, 120]) {
        const long = (await page(name, columns)).split('\n').filter((line) => line.length > columns)
        expect(long.filter((line) => !examples.has(line))).toEqual([])
      }
    },
  )

  test.each(pages)('"%s" is the same with colours, but for the colours', async (name) => {
    const colored = await page(name, 80, true)
    expect(colored).toContain('\u001b[1m')
    expect(stripVTControlCharacters(colored)).toBe(await page(name))
  })

  test.each(table.commands)(
    'of $name names each flag and argument, with examples before them',
    async (entry) => {
      const { flags, arguments: words = [], examples } = await entry.load()
      const text = await page(entry.name, 100)
      for (const [flag, { short, value, summary }] of Object.entries<FlagSpec>({
        ...flags,
        ...globalFlags,
      })) {
        expect(text).toContain(
          `${short === undefined ? '    ' : `-${short}, `}--${flag}${value === undefined ? '' : ` ${value}`} `,
        )
        expect(text.replaceAll(/\s+/g, ' ')).toContain(summary)
      }
      for (const { name } of words) expect(text).toContain(`\n  ${name} `)
      for (const { type } of examples) expect(text).toContain(`\n  ${type}`)
      expect(text.indexOf('\nExamples:')).toBeLessThan(text.indexOf('--config'))
      expect(text).toContain('\nExit codes:\n  0 done')
    },
  )

  test('of the program names every command and every topic', async () => {
    const text = await page('')
    for (const { name, summary } of table.commands)
      expect(text).toMatch(new RegExp(`^  ${name} +${summary}`, 'm'))
    for (const { name } of topics) expect(text).toContain(`twitch help ${name}`)
  })

  test('breaks no name, however narrow the terminal is', () => {
    const sections = [
      { title: 'T', rows: [['a name that is longer than the terminal is wide', 'and a text']] as const },
    ]
    expect(layOut(sections, { columns: 10, color: false })).toBe(
      'T:\n  a name that is longer than the terminal is wide\n      and a text\n',
    )
  })
})

describe('the topics', () => {
  test('exit-codes has the code of every kind of failure', async () => {
    for (const { code, name } of exitCodes) {
      if (name !== 'done' && name !== 'bug') expect(exitCode(new Failure(name, 'x', 'x'))).toBe(code)
    }
    expect(new Set(exitCodes.map(({ code }) => code))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 130]))
  })

  test('environment has every variable of ours that the source knows', async () => {
    const source = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.includes('completion'))
      .map((name) => readFileSync(`src/${name}`, 'utf8'))
      .join('\n')
    const names = new Set(source.match(/\bTWITCH_[A-Z_]+[A-Z]\b/g))
    expect(names.size).toBeGreaterThan(8)
    const text = await page('environment')
    expect([...names].filter((name) => !text.includes(name))).toEqual([])
  })
})

describe('help is asked for', () => {
  test.each([
    [['--help'], ''],
    [['-h'], ''],
    [['help'], ''],
    [[], ''],
    [['token', '--help'], 'token'],
    [['token', '-h'], 'token'],
    [['token', '-qh'], 'token'],
    [['--help', 'token'], 'token'],
    [['--profile', 'bot', 'token', '--help'], 'token'],
    [['token', 'help'], 'token'],
    [['token', '-u', '--nosuch', '--help'], 'token'],
    [['help', 'token'], 'token'],
    [['help', 'token', 'print'], 'token print'],
    [['token', 'print', '--json', '--help'], 'token print'],
    [['token', 'exec', '--help'], 'token exec'],
    [['mock-auth'], 'mock-auth'],
    [['mock-auth', '--help'], 'mock-auth'],
    [['help', 'exit-codes'], 'exit-codes'],
  ])('by %j', async (words, name) => {
    expect(await createSomebody().twitch(words)).toEqual({ code: 0, stdout: await page(name), stderr: '' })
  })

  test('not by what is a value, or another program’s', async () => {
    const { twitch } = createSomebody()
    expect((await twitch(['token', '-u', '-s', '--help'])).stderr).toContain('no scope "--help"')
    expect(await twitch(['token', 'exec', '--', 'sh', '--help'])).toMatchObject({ code: 2, stdout: '' })
    expect(await twitch(['token', '--', '--help'])).toMatchObject({ code: 2, stdout: '' })
  })

  test('whatever is wrong with the environment', async () => {
    const environment = { TWITCH_PROFILE: '../x', TWITCH_AUTH_URL: 'nonsense' }
    expect((await createSomebody().twitch(['token', '--help'], { environment })).code).toBe(0)
  })

  test('for what there is not: exit 2, and what was probably meant', async () => {
    expect(await createSomebody().twitch(['help', 'exit-code'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: There is no help of that name.\nhint: Did you mean twitch help exit-codes?\n',
    })
  })

  test('as a document', async () => {
    const { stdout } = await createSomebody().twitch(['help', 'files', '--json'])
    expect(JSON.parse(stdout)).toEqual({ name: 'files', text: await page('files') })
  })

  test('and the version by --version', async () => {
    const { twitch } = createSomebody()
    expect((await twitch(['--version'])).stdout).toBe((await twitch(['version'])).stdout)
    expect(JSON.parse((await twitch(['--json', '--version'])).stdout)).toEqual({
      name: 'twitch-token',
      version: '0.0.0-test',
    })
  })
})
