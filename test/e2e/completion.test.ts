// Tab, pressed in real shells: what the program then gets as its arguments.

import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Machine, createMachine, program } from '../support/program.ts'
import { type PseudoTerminal, openTerminal } from '../support/pty.ts'
import { hasTool } from '../support/tools.ts'

interface Setting {
  readonly machine: Machine
  /** PATH with a `twitch` that shows its arguments, and passes on to the program only what completion is about. */
  readonly path: string
  /** The arguments that others could see while the program was asked what to complete. */
  asked(): ReadonlySet<string>
}

function createSetting(): Setting {
  const machine = createMachine()
  const folder = path.join(machine.home, 'bin')
  fs.mkdirSync(folder)
  const start = program.map((word) => `'${word}'`).join(' ')
  fs.writeFileSync(
    path.join(folder, 'twitch'),
    `#!/bin/sh\ncase "$1" in __complete | completion) echo "$@" >> ${machine.home}/asked; exec ${start} "$@" ;; esac\nprintf got\nprintf ' <%s>' "$@"\necho .\n`,
    { mode: 0o755 },
  )
  fs.writeFileSync(path.join(folder, 'rarely-seen'), '', { mode: 0o755 })
  fs.writeFileSync(path.join(machine.home, 'conf.env'), '')
  for (const name of ['bot', 'main']) {
    fs.mkdirSync(path.dirname(machine.profile(name)), { recursive: true })
    fs.writeFileSync(machine.profile(name), '')
  }
  return {
    machine,
    path: `${folder}:${process.env['PATH']}`,
    asked: () => new Set(fs.readFileSync(path.join(machine.home, 'asked'), 'utf8').split('\n').slice(0, -1)),
  }
}

const TAB = '\t'

/** Types the line with Tab behind it, and gives it to the program. */
async function press(terminal: PseudoTerminal, line: string, got: string): Promise<void> {
  const from = terminal.screen.length
  terminal.type(`${line}${TAB}\r`)
  await terminal.sees(`got ${got}.`, from)
}

const presses: readonly (readonly [line: string, got: string])[] = [
  ['twitch tok', '<token>'],
  ['twitch mock-auth st', '<mock-auth> <start>'],
  ['twitch token -s chat:e', '<token> <-s> <chat:edit>'],
  ['twitch token -s bits:read,chat:e', '<token> <-s> <bits:read,chat:edit>'],
  ['twitch token -s "bits:read chat:e', '<token> <-s> <bits:read chat:edit>'],
  ["twitch token -s 'bits:read chat:e", '<token> <-s> <bits:read chat:edit>'],
  ['twitch token -s bits:read\\ chat:e', '<token> <-s> <bits:read chat:edit>'],
  ['twitch token --scopes=bits:read+chat:e', '<token> <--scopes=bits:read+chat:edit>'],
  ['X=1 twitch token --profile m', '<token> <--profile> <main>'],
  ['twitch token print --format h', '<token> <print> <--format> <header>'],
  ['twitch --config con', '<--config> <conf.env>'],
  ['twitch token --config=con', '<token> <--config=conf.env>'],
  ['twitch token exec -- rarely-', '<token> <exec> <--> <rarely-seen>'],
  ['twitch token --secret hunter2 --redirect-ho', '<token> <--secret> <hunter2> <--redirect-host>'],
]

describe.skipIf(!hasTool('bash'))('bash', () => {
  test('completes within a word, whatever COMP_WORDBREAKS says', async () => {
    const setting = createSetting()
    const terminal = openTerminal(setting.machine, 'exec bash --norc --noprofile -i', {
      PATH: setting.path,
      PS1: '> ',
    })
    terminal.type('eval "$(twitch completion bash)"; echo rea""dy\r')
    await terminal.sees('ready')
    for (const [line, got] of presses) await press(terminal, line, got)
    terminal.type('COMP_WORDBREAKS="${COMP_WORDBREAKS//[:=]/},"\r')
    for (const [line, got] of presses.filter(([line]) => /bits:read[,+]/.test(line)))
      await press(terminal, line, got)
    expect(setting.asked()).toEqual(new Set(['completion bash', '__complete bash']))
  })
})

describe.skipIf(!hasTool('zsh'))('zsh', () => {
  test('completes within a word, and shows what each thing is', async () => {
    const setting = createSetting()
    const terminal = openTerminal(setting.machine, 'exec zsh -f -i', { PATH: setting.path })
    terminal.type('PS1="> "; eval "$(twitch completion zsh)"; echo rea""dy\r')
    await terminal.sees('ready')
    for (const [line, got] of presses) await press(terminal, line, got)
    const from = terminal.screen.length
    terminal.type(`twitch token -s chat:${TAB}`)
    await terminal.sees('Read chat over an IRC connection.', from)
    expect(setting.asked()).toEqual(new Set(['completion zsh', '__complete zsh']))
  })
})

describe.skipIf(!hasTool('fish'))('fish', () => {
  test('is offered whole words, with what each is', async () => {
    const { machine, path: PATH, asked } = createSetting()
    const typed = presses.filter(([line]) => !line.includes('X=1'))
    const lines = [...typed.map(([line]) => line), 'twitch token -s chat:r', 'twitch --pro']
    const { stdout, stderr, code } = await machine.command(
      [
        'fish',
        '-c',
        'cd; twitch completion fish | source; for line in $argv; complete -C $line | head -1; end',
        '--',
        ...lines,
      ],
      { env: { PATH } },
    )
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const [chatEdit, edits] = ['chat:edit', 'Send messages to chat over an IRC connection.']
    expect(stdout.split('\n').slice(0, -1)).toEqual([
      'token\tGet an access token, or validate, revoke or refresh one',
      'start\tRun a local identity server that answers as Twitch does',
      `${chatEdit}\t${edits}`,
      `bits:read,${chatEdit}\t${edits}`,
      `bits:read ${chatEdit}\t${edits}`,
      `bits:read ${chatEdit}\t${edits}`,
      `bits:read ${chatEdit}\t${edits}`,
      `--scopes=bits:read+${chatEdit}\t${edits}`,
      'header',
      expect.stringMatching(/^conf\.env\b/),
      expect.stringMatching(/^--config=conf\.env\b/),
      expect.stringMatching(/^rarely-seen\b/),
      '--redirect-host\tThe host in the redirect URL (default localhost)',
      'chat:read\tRead chat over an IRC connection.',
      '--profile\tUse this profile (or TWITCH_PROFILE)',
    ])
    expect(asked()).toEqual(new Set(['completion fish', '__complete fish']))
  })
})
