// `twitch mock-auth start`: the local identity server on a port, until it is interrupted.

import { Failure } from '../../../domain/failure.ts'
import { isLoopback } from '../../../domain/identity-server.ts'
import type { Handler, Listening, World } from '../../../domain/ports.ts'
import { printable } from '../../../domain/printable.ts'
import type { Dialect } from '../../../emulator/dialect.ts'
import type { Emulator } from '../../../emulator/emulator.ts'
import type { ApplicationRecord } from '../../../emulator/records.ts'
import { type Choice, type Command, command } from '../../command.ts'
import { type Voices, said } from '../../said.ts'
import type { CommandContext } from '../../context.ts'
import { exitCode } from '../../exit-code.ts'
import { parsePort } from '../../numbers.ts'
import type { Behaviour } from './local-server.ts'

interface Running {
  readonly url: string
  readonly emulator: Emulator
}

/** Starts the server. */
export const mockAuthStart: Command = command({
  description: [
    'For offline work and for tests. It starts with a confidential and a public application and some users, issues tokens that no one else accepts, and refuses what Twitch refuses.',
  ],
  examples: [
    { type: 'twitch mock-auth start', does: 'at http://localhost:8080/oauth2, until Ctrl+C' },
    { type: 'twitch mock-auth start -p 0 --json', does: 'on any free port, which the document names' },
    {
      type: 'twitch token --profile local',
      does: 'in another terminal: talks to it, after the twitch configure line that the server shows',
    },
  ],
  flags: {
    port: { short: 'p', value: 'PORT', summary: 'Listen on this port (default 8080; 0 for a free one)' },
    ip: { value: 'ADDRESS', summary: 'Listen on this address (default 127.0.0.1)' },
    state: { value: 'FILE', summary: 'Keep what it issues in this file', complete: 'files' },
    'auto-approve': { summary: 'Give consent at once, as the first user' },
    strict: { summary: 'Forgive nothing that the standards do not' },
    dialect: {
      value: 'NAME=VALUE',
      repeat: true,
      complete: dialectPairs,
      summary: 'Answer differently in one point (--dialect help lists them)',
    },
  },
  async run(
    context,
    { port = '8080', ip = '127.0.0.1', state, strict, dialect, 'auto-approve': autoApprove },
  ) {
    const behaviour: Behaviour = { strict, autoApprove, dialect: await parseDialect(dialect) }
    const { world, narrator } = context
    // Watched from now on, so that a signal which comes as soon as the server is up is heard.
    const { interruption } = world
    const wanted = parsePort(port)
    const { handler, emulator } = await open(world, state, behaviour)
    const listening = await world.serve(handler, {
      address: ip,
      port: wanted,
      connections: 1024,
      acceptsHost: ({ hostname }) => !isLoopback(ip) || isLoopback(hostname),
    })
    if (!isLoopback(ip)) {
      narrator.warn(
        `others on the network can reach ${ip}. Its tokens are worth nothing, but give it no real secrets.`,
      )
    }
    return said({ url: urlOf(ip, listening.port), emulator }, voices, async () =>
      serveUntilStopped(context, interruption, listening),
    )
  },
})

async function open(
  world: World,
  state: string | undefined,
  behaviour: Behaviour,
): Promise<{ handler: Handler; emulator: Emulator }> {
  const { openEmulator, serverWithState } = await import('./local-server.ts')
  const text = state === undefined ? '' : ((await world.files.read(state))?.text ?? '')
  const emulator = openEmulator(world, text, state ?? '', behaviour)
  if (state !== undefined) return { emulator, handler: serverWithState(world, state, behaviour) }
  return { emulator, handler: async (request) => emulator.handle(request) }
}

/** Every pair that `--dialect` takes. */
async function dialectPairs(): Promise<readonly Choice[]> {
  const { dialectValues } = await import('../../../emulator/dialect.ts')
  return Object.entries(dialectValues).flatMap(([name, values]) =>
    values.map((value) => ({ value: `${name}=${value}` })),
  )
}

/** @throws Failure `usage` for a name or a value that there is not */
async function parseDialect(pairs: readonly string[]): Promise<Partial<Dialect>> {
  const { dialectValues } = await import('../../../emulator/dialect.ts')
  const known = new Map<string, readonly string[]>(Object.entries(dialectValues))
  const parsed = pairs.map((pair) => pair.split('=', 2) as [string, string | undefined])
  for (const [name, value = ''] of parsed) {
    if (known.get(name)?.includes(value) === true) continue
    const all = [...known].map(([each, values]) => `${each}=${values.join('|')}`).join(', ')
    throw new Failure('usage', 'dialect_unknown', `There is no dialect "${printable(`${name}=${value}`)}".`, {
      hint: `There are ${all}`,
    })
  }
  return Object.fromEntries(parsed)
}

async function serveUntilStopped(
  { narrator }: CommandContext,
  interruption: AbortSignal,
  listening: Listening,
): Promise<number> {
  if (!interruption.aborted) {
    await new Promise((resolve) => interruption.addEventListener('abort', resolve, { once: true }))
  }
  await listening.close()
  narrator.tell('Stopped.')
  return exitCode(interruption.reason as Failure)
}

function urlOf(ip: string, port: number): string {
  const host = isLoopback(ip) ? 'localhost' : ip.includes(':') ? `[${ip}]` : ip
  return `http://${host}:${port}/oauth2`
}

const voices: Voices<Running> = {
  human: ({ url, emulator }) => [
    `Local identity server (not Twitch) at ${url}. Press Ctrl+C to stop.`,
    '',
    ...emulator.applications.flatMap(describeApplication),
    'Users',
    ...emulator.users.map(({ login, id }) => `  ${login} (${id})`),
    '',
    'To try it from another terminal:',
    `  twitch configure --profile local --auth-url ${url} ${configureFlags(emulator)}`,
    '  twitch token --profile local',
    '',
    'To point a program at it, put that address where https://id.twitch.tv/oauth2 stands;',
    `the same answers are under ${url.replace(/oauth2$/, 'auth')}.`,
  ],
  json: ({ url, emulator }) => ({
    url,
    applications: emulator.applications.map(({ clientId, clientSecret, name, redirectUris }) => ({
      client_id: clientId,
      client_secret: clientSecret ?? null,
      client_type: typeOf(clientSecret),
      name,
      redirect_uris: redirectUris,
    })),
    users: emulator.users.map(({ id, login, displayName, email }) => ({
      id,
      login,
      display_name: displayName,
      email,
    })),
  }),
  quiet: ({ url }) => url,
}

function describeApplication({ clientId, clientSecret, redirectUris }: ApplicationRecord): readonly string[] {
  return [
    `${typeOf(clientSecret) === 'public' ? 'Public' : 'Confidential'} application`,
    `  Client ID      ${clientId}`,
    ...(clientSecret === undefined ? [] : [`  Client Secret  ${clientSecret}`]),
    `  Redirect URL   ${redirectUris.join(', ')}`,
    '',
  ]
}

function typeOf(clientSecret: string | undefined): 'public' | 'confidential' {
  return clientSecret === undefined ? 'public' : 'confidential'
}

function configureFlags({ applications }: Emulator): string {
  const { clientId = 'ID', clientSecret } = applications[0] ?? {}
  return clientSecret === undefined ? `-i ${clientId} --public` : `-i ${clientId} -s ${clientSecret}`
}
