// The `message` texts of Twitch's refusals, to the letter. Compare them without regard to case: Twitch is not consistent.

/** Texts that Twitch is known to send. */
export const messages = {
  missingClientId: 'missing client id',
  invalidClient: 'invalid client',
  missingClientSecret: 'missing client secret',
  invalidClientSecret: 'invalid client secret',
  invalidClientCredentials: 'Invalid client credentials',
  missingRefreshToken: 'missing refresh token',
  invalidRefreshToken: 'Invalid refresh token',
  invalidAccessToken: 'invalid access token',
  missingAuthorizationToken: 'missing authorization token',
  missingToken: 'missing oauth token',
  invalidToken: 'Invalid token',
  clientDoesNotExist: 'client does not exist',
} as const
