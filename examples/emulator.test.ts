// A test against the local identity server: no account, no network.

import assert from 'node:assert/strict'
import test from 'node:test'
import { type ProfileStore, Secret, createMemoryStore, createSession } from 'twitch-token'
import { type RunningEmulator, seededApplications, startEmulator } from 'twitch-token/emulator'

/** A store whose default profile is an application of the emulator. */
async function createStore(emulator: RunningEmulator): Promise<ProfileStore> {
  const store = createMemoryStore()
  const { clientId, clientSecret } = seededApplications.confidential
  await store.update('default', async (stored) => ({
    ...stored,
    server: { url: emulator.url, name: 'emulator' },
    application: { type: 'confidential', clientId, clientSecret: new Secret(clientSecret) },
  }))
  return store
}

void test('an outage is survived', async () => {
  const emulator = await startEmulator()
  try {
    const session = createSession({ store: await createStore(emulator) })
    emulator.script.next('/token', { status: 503 })
    await assert.rejects(session.accessToken(), { code: 'server_unavailable' })
    assert.deepEqual(
      emulator.journal.map(({ path, status }) => [path, status]),
      [['/oauth2/token', 503]],
    )
  } finally {
    await emulator.close()
  }
})
