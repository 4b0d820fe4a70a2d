// What the identity server starts with: two applications and some users, the same on every machine, so that they can be written down.

import type { ApplicationRecord, EmulatorSnapshot } from './records.ts'

/** A confidential application, and a public one. The names say that they are not real. */
export const seededApplications: {
  readonly confidential: ApplicationRecord & { readonly clientSecret: string }
  readonly public: ApplicationRecord
} = {
  confidential: {
    clientId: 'mockconfidentialclient00000001',
    clientSecret: 'mocksecretmocksecretmocksecret',
    name: 'Mock Confidential',
    redirectUris: ['http://localhost:3000'],
  },
  public: {
    clientId: 'mockpublicclient00000000000001',
    name: 'Mock Public',
    redirectUris: ['http://localhost:3000'],
  },
}

/** The books of a new server: a streamer, a bot and a viewer, and nothing issued. */
export const seeds: EmulatorSnapshot = {
  version: 1,
  applications: Object.values(seededApplications),
  users: [
    { id: '100000001', login: 'mock_streamer', displayName: 'Mock_Streamer', email: 'streamer@example.com' },
    { id: '100000002', login: 'mock_bot', displayName: 'Mock_Bot', email: 'bot@example.com' },
    { id: '100000003', login: 'mock_viewer', displayName: 'Mock_Viewer', email: 'viewer@example.com' },
  ],
  grants: [],
  accessTokens: [],
  refreshTokens: [],
  authorizationCodes: [],
  deviceCodes: [],
  consents: [],
}
