// The local identity server as commands use it: in memory, or with its state in a file that is read and written around each request.

import { Failure } from '../../../domain/failure.ts'
import { type IdentityServer, isLoopback, localServer } from '../../../domain/identity-server.ts'
import type { Handler, World } from '../../../domain/ports.ts'
import { MOCK_PROFILE } from '../../../domain/profile.ts'
import { Secret } from '../../../domain/secret.ts'
import { type Emulator, type EmulatorOptions, createEmulator } from '../../../emulator/emulator.ts'
import type { EmulatorSnapshot } from '../../../emulator/records.ts'
import { seededApplications } from '../../../emulator/seeds.ts'
import type { ProfileStore } from '../../../store/profile-store.ts'

/** How a server is to behave. */
export type Behaviour = Pick<EmulatorOptions, 'autoApprove' | 'dialect' | 'strict'>

const STATE_FILE = 'mock-auth.json'

/** The file that `--mock` keeps the server's state in. @param config the configuration file, which it lies beside */
export function stateFileBeside(config: string): string {
  return config.replace(/[^/\\]*$/, STATE_FILE)
}

/** A server whose state is in the file; several processes may use it in turn. */
export function serverWithState(
  { files, clock, random }: World,
  stateFile: string,
  behaviour: Behaviour = {},
): Handler {
  return async (request) =>
    files.exclusively(stateFile, async (file) => {
      const before = (await file.read())?.text ?? ''
      const emulator = openEmulator({ clock, random }, before, stateFile, behaviour)
      const answer = await emulator.handle(request)
      const after = `${JSON.stringify(emulator.snapshot())}\n`
      if (after !== before) await file.replace(after)
      return answer
    })
}

/**
 * Puts the server of `--mock` on a port of this machine, for a browser to reach.
 *
 * @returns its address, for as long as this process lives
 */
export async function serveBeside(world: World, config: string): Promise<IdentityServer> {
  const { port } = await world.serve(serverWithState(world, stateFileBeside(config)), {
    address: '127.0.0.1',
    port: 0,
    connections: 1024,
    acceptsHost: ({ hostname }) => isLoopback(hostname),
  })
  return { url: `http://localhost:${port}/oauth2`, name: localServer.name }
}

/**
 * A server that goes on from the state that a file holds; an empty text is a new one.
 *
 * @throws Failure `storage` when the file holds something else
 */
export function openEmulator(
  { clock, random }: Pick<World, 'clock' | 'random'>,
  text: string,
  file: string,
  behaviour: Behaviour,
): Emulator {
  const options = {
    ...behaviour,
    now: () => clock.now().getTime(),
    random: (count: number) => random.bytes(count),
  }
  if (text.trim() === '') return createEmulator(options)
  try {
    // Written by this program; a hand that changed it has changed a toy.
    return createEmulator({ ...options, snapshot: JSON.parse(text) as EmulatorSnapshot })
  } catch (error) {
    throw new Failure(
      'storage',
      'state_damaged',
      `${file} does not hold the state of a local identity server.`,
      {
        hint: 'Delete it: it holds nothing of Twitch, and a new one is made',
        cause: error,
      },
    )
  }
}

/** Gives the profile of the local identity server its application, unless it has one. */
export async function prepareProfile(store: ProfileStore): Promise<void> {
  if ((await store.read(MOCK_PROFILE)).application !== undefined) return
  const { clientId, clientSecret } = seededApplications.confidential
  await store.update(MOCK_PROFILE, async (stored) => ({
    ...stored,
    server: localServer,
    application: { type: 'confidential', clientId, clientSecret: new Secret(clientSecret) },
  }))
}
