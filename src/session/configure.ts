// Configuring: an application is checked with its server, then stored. What the server refuses is not stored.

import type { IdentityClient } from '../client/identity-client.ts'
import type { Application } from '../domain/application.ts'
import { Failure } from '../domain/failure.ts'
import { type Profile, emptyProfile } from '../domain/profile.ts'
import type { SessionContext } from './context.ts'
import { chooseServer } from './credentials.ts'

/** What became of it. */
export interface Configured {
  readonly application: Application
  /** `unreachable`: the server could not be asked, for the reason in words; `skipped`: it was not to be asked. */
  readonly check:
    | { readonly kind: 'passed' | 'skipped' }
    | { readonly kind: 'unreachable'; readonly reason: string }
  /** Whether tokens of another application were forgotten. */
  readonly forgotTokens: boolean
}

/** Checks and stores the application. */
export async function configure(
  context: SessionContext,
  application: Application,
  verify: boolean,
): Promise<Configured> {
  const server = chooseServer(context.server, await context.store.read(context.profile), true)
  const check = verify
    ? await checkWith(await context.connect(server), application)
    : ({ kind: 'skipped' } as const)
  let forgotTokens = false
  await context.store.update(context.profile, async (stored) => {
    const sameClient = stored.application?.clientId === application.clientId
    forgotTokens = !sameClient && holdsTokens(stored)
    return { ...(sameClient ? stored : emptyProfile), application, server }
  })
  return { application, check, forgotTokens }
}

/** An app token shows that the credentials are right; a device code, that the Client ID is known. Neither is kept. */
async function checkWith(identity: IdentityClient, application: Application): Promise<Configured['check']> {
  try {
    if (application.type === 'confidential') await identity.issueAppToken(application)
    else await identity.authorizeDevice(application.clientId, [])
    return { kind: 'passed' }
  } catch (error) {
    if (error instanceof Failure && error.kind === 'network')
      return { kind: 'unreachable', reason: error.message }
    throw error
  }
}

function holdsTokens({ app, user }: Profile): boolean {
  return app !== undefined || user !== undefined
}
