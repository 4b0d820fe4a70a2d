// The topics of help that belong to no one command: exit codes, the environment, files. The man page says the same.

import type { FailureKind } from '../../domain/failure.ts'
import type { Example } from '../command.ts'
import type { Row } from './layout.ts'

/** A topic. */
export interface Topic {
  readonly name: string
  /** One sentence without a full stop. */
  readonly summary: string
  readonly text: readonly string[]
  readonly parts: readonly { readonly title: string; readonly rows: readonly Row[] }[]
  readonly examples: readonly Example[]
}

/** An exit code that a failure has, by the word for it. */
interface ExitCode {
  readonly code: number
  readonly name: FailureKind | 'done' | 'bug'
  readonly meaning: string
}

/** Every exit code there is a word for. */
export const exitCodes: readonly ExitCode[] = [
  { code: 0, name: 'done', meaning: 'All went well.' },
  { code: 1, name: 'bug', meaning: 'A fault of this program itself; --verbose shows where.' },
  {
    code: 2,
    name: 'usage',
    meaning:
      'Asked for something impossible: flags that do not go together, an unknown name, missing credentials.',
  },
  {
    code: 3,
    name: 'storage',
    meaning: 'The configuration, or standard output, could not be read or written.',
  },
  { code: 4, name: 'denied', meaning: 'A person or Twitch said no, or the token is not valid.' },
  {
    code: 5,
    name: 'expired',
    meaning: 'Nothing is left to renew the token with, or the time for a login ran out: log in again.',
  },
  { code: 6, name: 'network', meaning: 'There was no answer. Nothing that was stored is lost; try again.' },
  { code: 7, name: 'protocol', meaning: 'The answer could not be understood.' },
  { code: 8, name: 'busy', meaning: 'A port is taken, or another process holds the lock of the profile.' },
  {
    code: 130,
    name: 'interrupted',
    meaning: 'Ended by Ctrl+C; 143 and 129 if it was SIGTERM or SIGHUP.',
  },
]

/** The codes in one line. */
export function exitCodesInShort(): string {
  return `${exitCodes.map(({ code, name }) => `${code}\u00a0${name}`).join(', ')}.`
}

const exitCodesTopic: Topic = {
  name: 'exit-codes',
  summary: 'What the exit codes mean, and what failures look like',
  text: [
    'A failure is told in two lines on standard error: what happened, and what to type next. With --json it is one object on standard output instead, {"error":{"kind","code","message","hint"}}, whose kind is the name below. Numbers, kinds and codes stay as they are; the messages may become better.',
  ],
  parts: [
    {
      title: 'Exit codes',
      rows: exitCodes.map(({ code, name, meaning }) => [`${String(code).padEnd(5)}${name}`, meaning]),
    },
    {
      title: 'Of token exec',
      rows: [
        ['126', 'The program can’t be run.'],
        ['127', 'There is no such program.'],
        ['other', 'What the program ended with; 128 and the number of the signal that ended it.'],
      ],
    },
  ],
  examples: [
    { type: 'twitch token status --check -q || echo "log in again"', does: 'acts on any failure' },
    { type: 'twitch token print > token.txt; [ $? -eq 5 ] && twitch token -u', does: 'acts on one' },
  ],
}

const environment: Topic = {
  name: 'environment',
  summary: 'The environment variables that are read and set',
  text: [
    'A flag goes before a variable, and a variable before what the profile holds. An empty variable counts as none. What comes from a variable is used and never stored, except by configure.',
  ],
  parts: [
    {
      title: 'What to use',
      rows: [
        ['TWITCH_PROFILE', 'The profile, as --profile names it.'],
        [
          'TWITCH_CLIENT_ID',
          'The Client ID of the application; TWITCH_CLIENTID, as the official CLI spells it, does too.',
        ],
        ['TWITCH_CLIENT_SECRET', 'Its Client Secret; TWITCH_CLIENTSECRET does too.'],
        ['TWITCH_AUTH_URL', 'The identity server, as --auth-url names it: https://id.twitch.tv/oauth2.'],
        [
          'HTTPS_PROXY',
          'The proxy to go through, such as http://proxy.example:8080; NO_PROXY lists hosts that are reached without. HTTP_PROXY and ALL_PROXY are heeded too.',
        ],
        ['NODE_EXTRA_CA_CERTS', 'A file with certificates to trust besides, such as your company’s.'],
      ],
    },
    {
      title: 'How to behave',
      rows: [
        ['NO_COLOR', 'No colours, as with --no-color. TERM=dumb does that too, and hides the QR code.'],
        ['BROWSER', 'The command that opens the browser; %s in it stands for the address.'],
        [
          'SSH_CONNECTION, DISPLAY',
          'Over SSH, in a container, or on a Linux without DISPLAY and WAYLAND_DISPLAY no browser is opened; --open opens one all the same.',
        ],
        ['COLUMNS', 'The width of help and lists where there is no terminal; 80 if it is not set.'],
        ['XDG_CONFIG_HOME, APPDATA', 'The folder that configuration is kept in: twitch help files.'],
      ],
    },
    {
      title: 'What token exec sets',
      rows: [
        ['TWITCH_ACCESS_TOKEN', 'The access token.'],
        ['TWITCH_CLIENT_ID', 'The Client ID that it belongs to.'],
        ['TWITCH_TOKEN_EXPIRES_AT', 'Until when it works: 2026-11-23T18:20:56.605Z.'],
        ['TWITCH_LOGIN', 'Whose it is, if it is a user token.'],
        ['TWITCH_USER_ID', 'The ID of that user.'],
      ],
    },
  ],
  examples: [
    { type: 'TWITCH_PROFILE=bot twitch token print', does: 'another profile, for one call' },
    {
      type: 'TWITCH_CLIENT_ID=… TWITCH_CLIENT_SECRET=… twitch token -q',
      does: 'an app token in CI, where nothing is stored',
    },
  ],
}

const files: Topic = {
  name: 'files',
  summary: 'What is kept on disk, and where',
  text: [
    'The files are those of the official CLI, in its format, so that either tool can go on where the other has stopped. They are for you alone (mode 0600), and replaced whole. --config FILE keeps the default profile in another place; the rest lies beside it.',
  ],
  parts: [
    {
      title: 'The default profile: the first of these',
      rows: [
        ['~/.twitch-cli/.twitch-cli.env', 'If that folder is there.'],
        ['$XDG_CONFIG_HOME/twitch-cli/.twitch-cli.env', 'On Linux; in ~/.config if that is not set.'],
        ['~/Library/Application Support/twitch-cli/.twitch-cli.env', 'On macOS.'],
        ['%AppData%\\twitch-cli\\.twitch-cli.env', 'On Windows.'],
      ],
    },
    {
      title: 'Beside it',
      rows: [
        [
          'profiles/NAME.env',
          'The profile NAME. One that has no application of its own uses the default profile’s.',
        ],
        [
          '*.env.journal',
          'What this program alone knows of a profile: attempts to renew its tokens, and when they came.',
        ],
        ['*.env.lock', 'Locked while a profile is changed; the file stays when it is free.'],
        ['mock-auth.json', 'What the local identity server of --mock has issued.'],
      ],
    },
  ],
  examples: [
    { type: 'twitch token status', does: 'names the file in use' },
    { type: 'twitch token status --all', does: 'lists every profile' },
    { type: 'twitch token --config ./project.env', does: 'keeps everything beside a project' },
  ],
}

/** Every topic, in the order of help. */
export const topics: readonly Topic[] = [exitCodesTopic, environment, files]
