// Where Twitch's identity service answers: its base URL and the paths under it.

/** The base URL of Twitch's identity service; every endpoint is this plus one of {@link endpoints}. */
export const TWITCH_AUTH_URL = 'https://id.twitch.tv/oauth2'

/** Paths under the base URL. @see https://dev.twitch.tv/docs/authentication/getting-tokens-oauth/ */
export const endpoints = {
  authorize: '/authorize',
  token: '/token',
  device: '/device',
  validate: '/validate',
  revoke: '/revoke',
  userinfo: '/userinfo',
  keys: '/keys',
  discovery: '/.well-known/openid-configuration',
} as const
