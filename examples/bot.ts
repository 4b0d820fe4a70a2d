// A program that calls Twitch's API for years, and never meets an expired token.

import { Failure, type TokenSession, createSession } from 'twitch-token'

// The profile that `twitch token -u --profile bot` has logged in.
const session: TokenSession = createSession({ profile: 'bot' })

/** Calls the API with a token that lasts for ten minutes at least; it is renewed when it has to be. */
export async function callTwitch(path: string): Promise<unknown> {
  const { accessToken, clientId } = await session.accessToken({ kind: 'user', minValid: 10 * 60_000 })
  const response = await fetch(`https://api.twitch.tv/helix/${path}`, {
    headers: { Authorization: `Bearer ${accessToken.reveal()}`, 'Client-Id': clientId ?? '' },
  })
  return response.json()
}

try {
  console.log(await callTwitch('users'))
} catch (error) {
  if (!(error instanceof Failure)) throw error
  // One line that says what happened and, for some, one that says what to type next. Neither has a secret in it.
  console.error(error.message)
  if (error.hint !== undefined) console.error(error.hint)
  process.exitCode = 1
}
