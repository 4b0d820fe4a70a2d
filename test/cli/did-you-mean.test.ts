// Words that are nearly right: one line that says what is wrong, one with what was probably meant, and nothing of what was typed.

import { describe, expect, test } from 'vitest'
import { createSomebody } from '../support/somebody.ts'

const TYPED = 'abcdefsecret0123456789abcdef01'

describe('did you mean', () => {
  test.each([
    [['tokn'], 'There is no command of that name.', 'Did you mean twitch token?'],
    [['tokn', '--help'], 'There is no command of that name.', 'Did you mean twitch token?'],
    [['--help', 'tokn'], 'There is no command of that name.', 'Did you mean twitch token?'],
    [['tokn', 'print'], 'There is no command of that name.', 'Did you mean twitch token print?'],
    [['token', 'prnt'], 'There is no command of that name.', 'Did you mean twitch token print?'],
    [['token', 'statsu', '-q'], 'There is no command of that name.', 'Did you mean twitch token status?'],
    [['print'], 'There is no command of that name.', 'Did you mean twitch token print?'],
    [['login'], 'There is no command of that name.', 'Did you mean twitch token -u?'],
    [['mock-auth', 'strat'], 'There is no command of that name.', 'Did you mean twitch mock-auth start?'],
    [['token', '--valdate', TYPED], 'There is no flag --valdate.', 'Did you mean --validate?'],
    [['token', `--valdate=${TYPED}`], 'There is no flag --valdate.', 'Did you mean --validate?'],
    [['token', '--valid', TYPED], 'There is no flag --valid.', 'Did you mean --validate?'],
    [['token', '-V', TYPED], 'There is no flag -V.', 'Did you mean -v (--validate)?'],
    [['--verson'], 'There is no flag --verson here.', 'Did you mean --version?'],
    [
      ['token', '--format', 'env'],
      'There is no flag --format.',
      'twitch token print has it, behind its name',
    ],
    [
      ['-q', '--scopes', 'x', 'token'],
      'There is no flag --scopes here.',
      'twitch token has it, behind its name',
    ],
    [
      ['token', 'validate', TYPED],
      'There is an argument too many: what is given to a flag goes right behind it.',
      'Did you mean twitch token --validate?',
    ],
    [
      ['token', TYPED],
      'There is an argument too many: what is given to a flag goes right behind it.',
      'Run the command with --help to see what it takes: twitch token --help',
    ],
    [
      ['token', 'print', `-v${TYPED}`],
      'There is no flag -v.',
      'Run the command with --help to see what it takes: twitch token print --help',
    ],
    [
      ['token', '-v'],
      '-v (--validate) needs a value.',
      'Run the command with --help to see what it takes: twitch token --help',
    ],
    [['completion'], 'SHELL is missing.', 'There are bash, zsh, fish, powershell'],
    [
      [TYPED],
      'There is no command of that name.',
      'Run the command with --help to see what it takes: twitch --help',
    ],
    [['token', '-u', '-s', 'chat:raed'], 'Twitch has no scope "chat:raed".', /^Did you mean chat:read/],
  ])('%j', async (words, error, hint) => {
    const { code, stdout, stderr } = await createSomebody().twitch(words)
    const [first, second, ...rest] = stderr.split('\n')
    expect({ code, stdout, first, rest }).toEqual({
      code: 2,
      stdout: '',
      first: `error: ${error}`,
      rest: [''],
    })
    expect(second).toMatch(
      hint instanceof RegExp ? new RegExp(hint.source.replace('^', '^hint: ')) : `hint: ${hint}`,
    )
    expect(stderr).not.toContain(TYPED)
  })

  test('as a document', async () => {
    const { stdout } = await createSomebody().twitch(['--json', 'token', 'prnt'])
    expect(JSON.parse(stdout)).toEqual({
      error: {
        kind: 'usage',
        code: 'unknown_command',
        message: 'There is no command of that name.',
        hint: 'Did you mean twitch token print?',
      },
    })
  })
})
