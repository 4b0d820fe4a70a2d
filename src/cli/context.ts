// What a command works with: the session for the profile and the server that the global flags and the environment name.

import { parseClientId, parseClientSecret } from '../domain/application.ts'
import { Failure } from '../domain/failure.ts'
import {
  type IdentityServer,
  localServer,
  parseIdentityServer,
  sameServer,
} from '../domain/identity-server.ts'
import type { Http, Terminal, World } from '../domain/ports.ts'
import { DEFAULT_PROFILE, MOCK_PROFILE, parseProfileName } from '../domain/profile.ts'
import type { Secret } from '../domain/secret.ts'
import type { GivenCredentials } from '../session/credentials.ts'
import { type Session, createSession } from '../session/session.ts'
import { createFileStore } from '../store/file-store.ts'
import type { ProfileStore } from '../store/profile-store.ts'
import type { GlobalValues } from './globals.ts'
import type { Narrator } from './narrate.ts'
import { traced } from './trace.ts'

/** Credentials that flags gave, as they were typed. */
export interface CredentialFlags {
  readonly clientId?: string | undefined
  readonly clientSecret?: Secret | undefined
}

/** What a session is for. */
export interface SessionNeeds {
  /** Whether a browser has to reach the identity server, the local one too. */
  readonly reachable: boolean
}

/** What a command works with. */
export interface CommandContext {
  readonly globals: GlobalValues
  readonly world: World
  readonly terminal: Terminal
  readonly narrator: Narrator
  /** The name of the profile. */
  readonly profile: string
  /** The store that profiles are kept in. */
  readonly store: ProfileStore
  /** The session for the profile, with the credentials of these flags before those of the environment. */
  session(flags?: CredentialFlags, needs?: SessionNeeds): Promise<Session>
  /** Credentials of the environment, if it has any; the local identity server has nothing to do with them. */
  readonly environmentCredentials: GivenCredentials['environment']
}

/**
 * Puts the context together. Nothing is read or opened yet.
 *
 * @throws Failure `usage`
 */
export function createContext(world: World, globals: GlobalValues, narrator: Narrator): CommandContext {
  const { environment, terminal } = world
  const profile = profileName(globals, environment)
  const local = profile === MOCK_PROFILE
  const server = askedServer(globals, environment, local)
  const config = globals.config ?? world.defaultConfig()
  const store = createFileStore({
    files: world.files,
    clock: world.clock,
    path: config,
    lookup: (name) => environment[name],
    onRepair: (repair) => narrator.repaired(repair),
  })
  const environmentCredentials = local ? {} : credentialsOf(environment)
  const http = traced(routed(world, config), narrator, world.clock)
  return {
    globals,
    world,
    terminal,
    narrator,
    profile,
    store,
    environmentCredentials,
    async session(flags = {}, { reachable } = { reachable: false }) {
      const dialled = local ? await openLocalServer(world, store, config, reachable) : localServer
      return createSession({
        store,
        profile,
        server,
        given: { flag: flags, environment: environmentCredentials },
        clock: world.clock,
        random: world.random,
        shield: () => world.shield(),
        connect: async (to) =>
          (await import('../client/identity-client.ts')).createIdentityClient({
            server: sameServer(to, localServer) ? dialled : to,
            http,
            clock: world.clock,
            userAgent: `twitch-token/${world.version}`,
            signal: world.interruption,
          }),
      })
    },
  }
}

/** The local identity server, by the address it is dialled at: none at all, unless a browser has to reach it. */
async function openLocalServer(
  world: World,
  store: ProfileStore,
  config: string,
  reachable: boolean,
): Promise<IdentityServer> {
  const { prepareProfile, serveBeside } = await import('./commands/mock-auth/local-server.ts')
  await prepareProfile(store)
  return reachable ? serveBeside(world, config) : localServer
}

/** Requests to the local identity server stay in this process; its code is loaded only for them. */
function routed(world: World, config: string): Http {
  return async (request, signal) => {
    if (!request.url.startsWith(`${localServer.url}/`)) return world.http(request, signal)
    const { serverWithState, stateFileBeside } = await import('./commands/mock-auth/local-server.ts')
    return serverWithState(world, stateFileBeside(config))(request)
  }
}

function profileName({ mock, profile }: GlobalValues, environment: World['environment']): string {
  if (!mock) return parseProfileName(profile ?? (environment['TWITCH_PROFILE'] || DEFAULT_PROFILE))
  if (profile === undefined || profile === MOCK_PROFILE) return MOCK_PROFILE
  throw new Failure(
    'usage',
    'flags_conflict',
    '--mock and --profile do not go together: the local identity server has a profile of its own.',
    {
      hint: 'Leave one of them out; for more than one profile, start the server: twitch mock-auth start',
    },
  )
}

function askedServer(
  globals: GlobalValues,
  environment: World['environment'],
  local: boolean,
): IdentityServer | undefined {
  const flag = globals['auth-url']
  if (local) {
    if (flag === undefined || sameServer(parseIdentityServer(flag), localServer)) return localServer
    throw new Failure(
      'usage',
      'flags_conflict',
      '--auth-url does not go with the local identity server: each is one of its own.',
    )
  }
  const url = flag ?? (environment['TWITCH_AUTH_URL'] || undefined)
  return url === undefined ? undefined : parseIdentityServer(url)
}

/** Ours first, then the spelling of the official CLI. An empty variable is none. */
function credentialsOf(environment: World['environment']): GivenCredentials['environment'] {
  const clientId = environment['TWITCH_CLIENT_ID'] || environment['TWITCH_CLIENTID']
  const clientSecret = environment['TWITCH_CLIENT_SECRET'] || environment['TWITCH_CLIENTSECRET']
  return {
    ...(clientId && { clientId: parseClientId(clientId) }),
    ...(clientSecret && { clientSecret: parseClientSecret(clientSecret) }),
  }
}
