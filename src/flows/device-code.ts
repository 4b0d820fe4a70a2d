// The device code flow: the user confirms a code in a browser anywhere, and the server is asked until it is done. RFC 8628.

import type { DeviceAuthorization } from '../client/decode.ts'
import type { DevicePoll } from '../client/identity-client.ts'
import { Failure } from '../domain/failure.ts'
import { type IdentityServer, isLoopback, twitch } from '../domain/identity-server.ts'
import type { TokenGrant } from '../domain/token.ts'
import type { FlowContext, FlowRequest, UserFlow } from './user-flow.ts'
import { tryToOpen } from './open-browser.ts'

/** RFC 8628 §3.5: what `slow_down` adds to the interval, for good. */
const SLOW_DOWN_SECONDS = 5
const LONGEST_WAIT_SECONDS = 60

/** @see https://dev.twitch.tv/docs/authentication/getting-tokens-oauth/#device-code-grant-flow */
export const deviceCode: UserFlow = {
  async run(context, request, deliver) {
    const { identity, report } = context
    const authorization = await identity.authorizeDevice(request.application.clientId, request.scopes)
    const url = trustedUri(authorization.verificationUri, identity.server)
    const { userCode, intervalSeconds, expiresInSeconds } = authorization
    report({ type: 'enter-code', url, userCode, intervalSeconds, expiresInSeconds })
    if (request.openBrowser) await tryToOpen(context, url)
    await deliver(await poll(context, request, authorization))
  },
}

/**
 * Asks at the server's interval until the user has decided or the code has expired, and once more then. The deadline
 * is kept on the clock that nobody sets, so that setting the other one neither ends a login nor prolongs it.
 */
async function poll(
  { identity, clock, report, signal }: FlowContext,
  { application, scopes }: FlowRequest,
  authorization: DeviceAuthorization,
): Promise<TokenGrant> {
  const deadline = clock.monotonic() + authorization.expiresInSeconds * 1000
  let interval = authorization.intervalSeconds
  let wait = interval
  for (let left = deadline - clock.monotonic(); left > 0; left = deadline - clock.monotonic()) {
    await clock.sleep(Math.min(wait * 1000, left), signal)
    const found: DevicePoll = await identity.pollDeviceCode(
      application.clientId,
      authorization.deviceCode,
      scopes,
    )
    switch (found.kind) {
      case 'granted':
        return found.grant
      case 'pending':
        wait = interval
        break
      case 'slow-down':
        interval += SLOW_DOWN_SECONDS
        wait = interval
        break
      case 'unavailable':
        wait = Math.min(wait * 2, LONGEST_WAIT_SECONDS)
        report({ type: 'poll-failed', reason: found.failure.message, waitSeconds: wait })
        break
      case 'denied':
        throw new Failure('denied', 'access_denied', `The login was refused: ${found.message}.`)
      case 'expired':
        throw new Failure(
          'expired',
          'device_code_expired',
          `${identity.server.name} no longer knows the code: ${found.message}. It has expired, or was used already.`,
        )
      default:
        found satisfies never
    }
  }
  throw new Failure('expired', 'device_code_expired', 'The code has expired before the login was confirmed.')
}

/**
 * A stranger chooses this address, and it is shown and opened: it must be Twitch's, or of the server that is talked to.
 *
 * @throws Failure `protocol`
 */
function trustedUri(text: string, server: IdentityServer): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url !== undefined && url.username === '' && url.password === '' && isTrusted(url, new URL(server.url)))
    return url.href
  throw new Failure(
    'protocol',
    'untrusted_address',
    `${server.name} sent an address to log in at that is not ${server === twitch ? "Twitch's" : 'its own'}; it was not opened.`,
  )
}

function isTrusted(url: URL, server: URL): boolean {
  if (url.protocol === 'https:' && /(^|\.)twitch\.tv$/.test(url.hostname)) return true
  if (url.protocol === 'https:' && url.host === server.host) return true
  return url.protocol === server.protocol && isLoopback(url.hostname) && isLoopback(server.hostname)
}
