// Validating: what the server says of a token, which needs no credentials at all.

import { Failure } from '../domain/failure.ts'
import { holdsToken } from '../domain/profile.ts'
import type { Secret } from '../domain/secret.ts'
import type { TokenInfo } from '../domain/token.ts'
import { type SessionContext, readKept } from './context.ts'
import { chooseServer } from './credentials.ts'

/** A token that works. */
export interface ValidatedToken extends TokenInfo {
  readonly kind: 'app' | 'user'
}

/** Asks about the token. One that the profile holds is not shown to any server but the profile's. */
export async function validate(context: SessionContext, accessToken: Secret): Promise<ValidatedToken> {
  const { own, holder } = await readKept(context)
  const server = chooseServer(
    context.server,
    holdsToken(own, accessToken) ? own : holder,
    holdsToken(own, accessToken),
  )
  const validation = await (await context.connect(server)).validate(accessToken)
  if (validation.kind === 'valid') {
    return { ...validation.info, kind: validation.info.user === undefined ? 'app' : 'user' }
  }
  throw new Failure(
    'denied',
    'invalid_access_token',
    `${server.name} does not accept the token: ${validation.message} (401).`,
  )
}
