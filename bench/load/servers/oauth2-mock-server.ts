// `oauth2-mock-server`: it signs its tokens and remembers none, takes any refresh token, and calls any token active, so that there is nothing to validate.

import { OAuth2Server } from 'oauth2-mock-server'
import { FORM, present } from '../contestant.ts'

const server = new OAuth2Server()
await server.issuer.keys.generate('RS256')
await server.start(0, '127.0.0.1')

present(
  {
    port: server.address().port,
    shots: [
      {
        kind: 'token',
        method: 'POST',
        path: '/token',
        headers: FORM,
        bodies: ['client_id=client&client_secret=secret&grant_type=client_credentials'],
      },
      {
        kind: 'refresh',
        method: 'POST',
        path: '/token',
        headers: FORM,
        bodies: ['client_id=client&client_secret=secret&grant_type=refresh_token&refresh_token=any'],
      },
    ],
  },
  async () => undefined,
)
