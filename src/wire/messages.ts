// The `message` texts of Twitch's refusals, to the letter. Compare them without regard to case: Twitch is not consistent.

/** Texts that Twitch is known to send, as a refusal's `message` or as the `error_description` of a redirect. */
export const messages = {
  missingClientId: 'missing client id',
  invalidClient: 'invalid client',
  missingClientSecret: 'missing client secret',
  invalidClientSecret: 'invalid client secret',
  invalidClientCredentials: 'Invalid client credentials',
  invalidAuthorizationCode: 'Invalid authorization code',
  redirectMismatch: 'Parameter redirect_uri does not match registered URI',
  userDenied: 'The user denied you access',
  responseTypeNotSupported: 'Response type is not supported',
  authorizationPending: 'authorization_pending',
  invalidDeviceCode: 'invalid device code',
  missingDeviceCode: 'missing device_code',
  missingRefreshToken: 'missing refresh token',
  invalidRefreshToken: 'Invalid refresh token',
  invalidAccessToken: 'invalid access token',
  missingAuthorizationToken: 'missing authorization token',
  missingToken: 'missing oauth token',
  invalidToken: 'Invalid token',
  clientDoesNotExist: 'client does not exist',
} as const

/** Words that stand in `error` of a redirect, or in `message` where RFC 8628 §3.5 has `error`; the last two were never seen of Twitch. */
export const errorWords = {
  redirectMismatch: 'redirect_mismatch',
  accessDenied: 'access_denied',
  unsupportedResponseType: 'unsupported_response_type',
  slowDown: 'slow_down',
  expiredToken: 'expired_token',
} as const
