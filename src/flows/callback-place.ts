// Where the browser comes back to: the redirect URL, and the names that the callback server answers to.

import type { CallbackPlace } from './user-flow.ts'

/** Twitch compares it to the letter: no slash at the end. */
export function redirectUri({ redirectHost, port }: CallbackPlace): string {
  return `http://${redirectHost}:${port}`
}

/** Whether a request is for this server by a name that is its own: a page of another name, mapped to this address, is not. */
export function isOurHost({ hostname, port }: URL, place: CallbackPlace): boolean {
  const address = place.address?.includes(':') === true ? `[${place.address}]` : place.address
  const names = ['localhost', '127.0.0.1', '[::1]', place.redirectHost.toLowerCase(), address]
  return names.includes(hostname) && (port === '' ? 80 : Number(port)) === place.port
}
