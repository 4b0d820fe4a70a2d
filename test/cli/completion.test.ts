// What is offered when Tab is pressed: for every shell's way of asking, and never a word of complaint.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { table } from '../../src/cli/commands/index.ts'
import { scripts } from '../../src/cli/completion/scripts.ts'
import { readShellLine } from '../../src/cli/completion/shell-line.ts'
import { run } from '../../src/cli/run.ts'
import { Failure } from '../../src/domain/failure.ts'
import type { Files } from '../../src/domain/ports.ts'
import { CONFIG, configured, createSomebody } from '../support/somebody.ts'
import { createMemoryFiles, createTestWorld } from '../support/world.ts'

/** What comes back for a line up to the cursor. */
async function ask(
  line: string,
  { shell = 'fish', word = '', somebody = createSomebody(), environment = {} } = {},
): Promise<{
  readonly first: string
  readonly values: readonly string[]
  readonly lines: readonly string[]
}> {
  const { code, stdout, stderr } = await somebody.twitch(['__complete', shell], {
    environment: {
      HOME: '/home/someone',
      TWITCH_COMPLETE_LINE: line,
      TWITCH_COMPLETE_WORD: word,
      ...environment,
    },
  })
  expect({ code, stderr, requests: somebody.requests }).toEqual({ code: 0, stderr: '', requests: [] })
  const [first = '', ...lines] = stdout.split('\n').slice(0, -1)
  return { first, lines, values: lines.map((each) => each.split('\t', 1).join('')) }
}

describe('what is offered', () => {
  test.each([
    ['twitch ', ['configure', 'token', 'mock-auth', 'completion', 'help', 'version']],
    ['  twitch   to', ['token']],
    ['twitch token ', ['print', 'status', 'exec', 'scopes', 'logout']],
    ['twitch --json token --profile x s', ['status', 'scopes']],
    ['twitch mock-auth ', ['start']],
    ['twitch help token p', ['print']],
    ['twitch help e', ['exit-codes', 'environment']],
    ['twitch completion ', ['bash', 'zsh', 'fish', 'powershell']],
    ['twitch token print --format ', ['token', 'header', 'oauth', 'env', 'json']],
    ['twitch token print --format=he', ['--format=header']],
    ['twitch token scopes --preset b', ['bot-chat', 'broadcaster']],
    ['twitch token --valid', ['--validate']],
    ['twitch token -u --user', []],
    ['twitch --ver', ['--verbose', '--version']],
    ['twitch token --vers', []],
    [
      'twitch token logout -',
      ['-q', '-h', '--app', '--user', '--all', '--local', '--forget'].concat(
        ['config', 'profile', 'auth-url', 'mock', 'json', 'quiet', 'verbose', 'no-color', 'help'].map(
          (n) => `--${n}`,
        ),
      ),
    ],
    [
      'twitch mock-auth start --dialect refreshT',
      ['as-twitch', 'static', 'one-time'].map((v) => `refreshTokens=${v}`),
    ],
    ['twitch token -s chat:', ['chat:edit', 'chat:read']],
    ['twitch token -us chat:r', ['chat:read']],
    ['twitch token -schat:r', ['-schat:read']],
    ['twitch token -s chat:read,chat:', ['chat:read,chat:edit']],
    ['twitch token -s chat:read+chat:', ['chat:read+chat:edit']],
    ['twitch token -s "chat:read chat:', ['chat:read chat:edit']],
    ["twitch token -s 'chat:read chat:", ['chat:read chat:edit']],
    ['twitch token -s chat:read\\ chat:', ['chat:read chat:edit']],
    ['twitch token --scopes=chat:read,chat:', ['--scopes=chat:read,chat:edit']],
    ['twitch token --scopes="chat:read chat:', ['--scopes=chat:read chat:edit']],
    ['twitch token scopes --missing chat:e', ['chat:edit']],
    ['twitch token print --require-scope chat:e', ['chat:edit']],
    ['twitch token -v ', []],
    ['twitch token --client-id ', []],
    ['twitch token --timeout ', []],
    ['twitch nosuch ', []],
    ['twitch token nosuch ', []],
    ['twitch token -- -', []],
  ])('behind `%s`', async (line, values) => {
    expect((await ask(line)).values).toEqual(values)
  })

  test.each([
    ['twitch token --config ', 'files 0'],
    ['twitch --config=/et', 'files 9'],
    ['twitch mock-auth start --state x', 'files 0'],
    ['twitch token exec ', 'programs 0'],
    ['twitch token exec --app -- no', 'programs 0'],
    ['twitch token exec node -', 'files 0'],
    ['twitch token exec -- node --profile ', 'files 0'],
  ])('is the shell’s own behind `%s`', async (line, first) => {
    expect(await ask(line)).toEqual({ first, values: [], lines: [] })
  })

  test.each(table.commands)('has every flag of $name, each with its summary', async ({ name, load }) => {
    const { flags } = await load()
    const { lines } = await ask(`twitch ${name} --`)
    for (const [flag, { summary }] of Object.entries(flags)) expect(lines).toContain(`--${flag}\t${summary}`)
  })

  test('is not what was given already, unless it can be given again', async () => {
    const { values } = await ask('twitch token -u -s chat:read --profile x --')
    expect(values).not.toContain('--user-token')
    expect(values).not.toContain('--profile')
    expect(values).toContain('--scopes')
  })

  test('is no scope that is in the list already', async () => {
    expect((await ask('twitch token -s chat:read,')).values).not.toContain('chat:read,chat:read')
  })
})

describe('profiles', () => {
  function somebody(): ReturnType<typeof createSomebody> {
    const made = createSomebody(configured())
    for (const name of ['bot', 'bot.journal', 'main', 'con', '-x']) {
      made.contents.set(CONFIG.replace('.twitch-cli.env', `profiles/${name}.env`), 'ACCESSTOKEN=SECRET')
    }
    made.contents.set('/home/someone/other/profiles/elsewhere.env', '')
    return made
  }

  test.each([
    ['twitch token --profile ', ['default', 'bot', 'bot.journal', 'main']],
    ['twitch --profile=b', ['--profile=bot', '--profile=bot.journal']],
    ['twitch token --config /home/someone/other/x.env --profile e', ['elsewhere']],
    ['twitch --config=/home/someone/other/x.env token print --profile e', ['elsewhere']],
    ['twitch token --config ~/other/x.env --profile e', ['elsewhere']],
    ['twitch token --config "$HOME/other/x.env" --profile e', ['elsewhere']],
    ['twitch token --config ${HOME}/other/x.env --profile e', ['elsewhere']],
    ["twitch token --config '$HOME/other/x.env' --profile e", []],
  ])('behind `%s`', async (line, values) => {
    expect((await ask(line, { somebody: somebody() })).values).toEqual(values)
  })

  test('are offered whatever the environment says', async () => {
    const environment = { TWITCH_PROFILE: '../bad', TWITCH_AUTH_URL: 'nonsense', TWITCH_CLIENT_ID: '!' }
    const { values } = await ask('twitch token --profile m', { somebody: somebody(), environment })
    expect(values).toEqual(['main'])
  })

  /** Asks for the profiles that these names of files make; no file can be read. */
  async function askFor(list: Files['list']): Promise<{ code: number; stdout: string; stderr: string }> {
    const read: Files['read'] = async () => Promise.reject(new Error('A file was read'))
    const environment = { TWITCH_COMPLETE_LINE: 'twitch token --profile ' }
    const world = createTestWorld({ files: { ...createMemoryFiles(), read, list }, environment })
    const code = await run(['__complete', 'bash'], world)
    return { code, stdout: world.terminal.stdout, stderr: world.terminal.stderr }
  }

  test('are listed and not read, however many there are', async () => {
    const { code, stdout, stderr } = await askFor(async function* () {
      for (let number = 0; number < 100_000; number++) yield `user${number}.env`
    })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout.split('\n').slice(0, 3)).toEqual(['values 0', 'default', 'user0'])
    expect(stdout.split('\n').length).toBe(100_003)
  })

  test('are none where they can’t be listed, and nothing is said', async () => {
    const answer = await askFor(async function* () {
      yield 'bot.env'
      throw new Failure('storage', 'no_permission', 'The folder can not be read')
    })
    expect(answer).toEqual({ code: 0, stdout: '', stderr: '' })
  })
})

describe('the answer', () => {
  test.each([
    // What bash replaces begins behind the last of COMP_WORDBREAKS, or behind the quote.
    ['bash', 'twitch token -s chat:', '', 'list 0', ['edit', 'read']],
    ['bash', 'twitch token -s chat:', 'chat:', 'list 0', ['chat:edit', 'chat:read']],
    ['bash', 'twitch token -s chat:read,chat:e', 'e', 'list 0', ['edit']],
    ['bash', 'twitch token -s bits:read,chat:', '', 'list 0', ['edit', 'read']],
    ['bash', 'twitch token -s "chat:read chat:e', 'chat:read chat:e', 'list 10', ['chat:read chat:edit']],
    ['bash', 'twitch token -s chat:read\\ chat:e', 'e', 'list 0', ['edit']],
    ['bash', 'twitch token -s chat:read\\ us', 'read\\ us', 'list 6', ['read\\ user:bot']],
    ['bash', 'twitch token --scopes=user:bo', 'bo', 'list 0', ['bot']],
    ['bash', 'twitch mock-auth start --dialect secretsInUrl=', '', 'values 0', ['taken', 'refused']],
    [
      'zsh',
      'twitch token -s chat:read,chat:e',
      'chat:read,chat:e',
      'list 10',
      ['chat\\:edit:Send messages to chat over an IRC connection.'],
    ],
    ['zsh', 'twitch token print --format=t', '--format=t', 'values 9', ['token']],
    [
      'fish',
      'twitch token -s chat:read,chat:e',
      '',
      'list 10',
      ['chat:read,chat:edit\tSend messages to chat over an IRC connection.'],
    ],
    [
      'powershell',
      'twitch mo',
      'mo',
      'values 0',
      ['mock-auth\tA local identity server, for offline work and for tests'],
    ],
    ['powershell', 'twitch token --config a`b\\c --profile d', 'd', 'values 0', ['default\t']],
  ])('for %s, `%s`', async (shell, line, word, first, lines) => {
    const got = await ask(line, { shell, word })
    expect(got.first).toBe(first)
    expect(got.lines.slice(0, lines.length)).toEqual(lines)
  })

  test('is nothing, quietly, whatever is asked', async () => {
    const piece = fc.constantFrom(
      ...'twitch token exec __complete --scopes -s --profile --config -- - = , : " \' \\ ` ${ $HOME ~/ é'.split(
        ' ',
      ),
      ' ',
      '\n',
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('bash', 'zsh', 'fish', 'powershell', '', 'csh'),
        fc.array(fc.oneof(piece, fc.string()), { maxLength: 12 }),
        fc.string(),
        async (shell, pieces, word) => void (await ask(pieces.join(''), { shell, word })),
      ),
      { numRuns: 300 },
    )
  })
})

describe('a line', () => {
  test.each([
    ['twitch a "b c" d\\ e \'f"g\' h', ['a', 'b c', 'd e', 'f"g'], 'h'],
    ['twitch a ', ['a'], ''],
    ['twitch a "b c', ['a'], 'b c'],
    ['twitch "$X"y $X', ['vy'], 'v'],
    ['twitch \'$X\' "\\$X" $NOSUCH', ['$X', '$X'], '$NOSUCH'],
    ['twitch ""', [], ''],
    ['twitch "" ', [''], ''],
  ])('%s', (line, words, current) => {
    const lookup = (name: string): string | undefined => (name === 'X' ? 'v' : undefined)
    expect(readShellLine(line, { escape: '\\', lookup })).toMatchObject({ words, current })
  })
})

describe('the scripts', () => {
  test.each(Object.keys(scripts))('%s: printed, and the help says how to install it', async (shell) => {
    const { twitch } = createSomebody()
    const { code, stdout, stderr } = await twitch(['completion', shell])
    expect({ code, stderr, stdout }).toEqual({ code: 0, stderr: '', stdout: scripts[shell]?.text })
    const { stdout: help } = await twitch(['completion', '--help'])
    expect(help).toContain(`  ${scripts[shell]?.line}`)
    expect(help).toContain(scripts[shell]?.file)
    expect(stdout).toContain(`__complete ${shell} 2>`)
  })

  test('a shell that there is none for', async () => {
    expect(await createSomebody().twitch(['completion', 'csh'])).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'error: There is no completion for the shell "csh".\nhint: There are bash, zsh, fish, powershell\n',
    })
  })

  // No PowerShell runs where these tests are written: what can be said of its script is said of its text.
  test('PowerShell’s: whole, with the line in the environment and not among the arguments, and every kind of answer', () => {
    const text = scripts['powershell']?.text ?? ''
    expect(text).toContain('Register-ArgumentCompleter -Native -CommandName twitch -ScriptBlock {')
    for (const [open, close] of ['{}', '()', '[]']) {
      expect(text.split(open ?? '').length).toBe(text.split(close ?? '').length)
    }
    expect(text).toContain("'files' {")
    expect(text).toContain("'programs' {")
    expect(text).toMatch(/& \$program __complete powershell 2>\$null/)
    expect(text).toContain('$env:TWITCH_COMPLETE_LINE = $line')
    expect(text).toContain('$env:TWITCH_COMPLETE_LINE = $null')
  })
})
