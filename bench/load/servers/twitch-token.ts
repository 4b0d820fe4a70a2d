// Our local identity server, as it is built.

import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as door from '../../../src/emulator.ts'
import type { Issued } from '../../../src/emulator/tokens.ts'
import { FORM, present } from '../contestant.ts'

const REFRESH_TOKENS = 50

const { seededApplications, startEmulator } = (await import(
  pathToFileURL(path.resolve('dist', 'emulator.mjs')).href
)) as typeof door

const server = await startEmulator()
const { clientId, clientSecret } = seededApplications.confidential
const client = `client_id=${clientId}&client_secret=${clientSecret}`
const issueToken = (): Issued => server.issueUserToken(clientId, '100000001', ['chat:read'])
const issued = Array.from({ length: REFRESH_TOKENS }, issueToken)
const appToken = `${client}&grant_type=client_credentials`

present(
  {
    port: server.port,
    shots: [
      { kind: 'token', method: 'POST', path: '/oauth2/token', headers: FORM, bodies: [appToken] },
      {
        kind: 'validate',
        method: 'GET',
        path: '/oauth2/validate',
        headers: {
          authorization: `OAuth ${issueToken().accessToken}`,
        },
        bodies: [''],
      },
      {
        kind: 'refresh',
        method: 'POST',
        path: '/oauth2/token',
        headers: FORM,
        bodies: issued.map(
          ({ refreshToken }) => `${client}&grant_type=refresh_token&refresh_token=${refreshToken}`,
        ),
      },
    ],
  },
  async (count) => {
    for (let index = 0; index < count; index++)
      await server.handle({
        method: 'POST',
        url: `${server.url}/token`,
        headers: FORM,
        body: appToken,
      })
  },
)
