// What a command works with: the session for the profile and the server that the global flags and the environment name.

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
import type { SessionOptions } from '../session/context.ts'
import { environmentCredentials, environmentProfile, environmentServer } from '../session/environment.ts'
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
  /** Credentials that go before those of the environment. */
  readonly flags?: CredentialFlags
  /** Whether a browser has to reach the identity server, the local one too. */
  readonly reachable?: boolean
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
  /** The session for the profile, and for the server that flags and environment name. */
  session(needs?: SessionNeeds): Promise<Session>
  /** The session for any profile, and for the server that it belongs to. */
  sessionOf(profile: string): Session
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
    onWait: (holder) => narrator.tell(`Waiting for ${holder}, which is changing this profile ...`),
  })
  const fromEnvironment = local ? {} : environmentCredentials(environment)
  const http = traced(routed(world, config), narrator, world.clock)
  const common = { store, clock: world.clock, random: world.random, shield: () => world.shield() }
  return {
    globals,
    world,
    terminal,
    narrator,
    profile,
    store,
    environmentCredentials: fromEnvironment,
    async session({ flags = {}, reachable = false } = {}) {
      const dialled = local ? await openLocalServer(world, store, config, reachable) : localServer
      const given = { flag: flags, environment: fromEnvironment }
      return createSession({ ...common, profile, server, given, connect: connector(world, http, dialled) })
    },
    sessionOf: (name) => {
      const given = {
        flag: {},
        environment: name === MOCK_PROFILE ? {} : environmentCredentials(environment),
      }
      return createSession({ ...common, profile: name, given, connect: connector(world, http, localServer) })
    },
  }
}

/** How servers are talked to. @param dialled the address of the local one */
function connector(world: World, http: Http, dialled: IdentityServer): SessionOptions['connect'] {
  return async (server) =>
    (await import('../client/identity-client.ts')).createIdentityClient({
      server: sameServer(server, localServer) ? dialled : server,
      http,
      clock: world.clock,
      userAgent: `twitch-token/${world.version}`,
      signal: world.interruption,
    })
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
  if (!mock)
    return profile === undefined
      ? (environmentProfile(environment) ?? DEFAULT_PROFILE)
      : parseProfileName(profile)
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
  return flag === undefined ? environmentServer(environment) : parseIdentityServer(flag)
}
