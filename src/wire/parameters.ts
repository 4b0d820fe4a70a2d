// Names of request parameters and the values of `grant_type`, as Twitch spells them.

/** Parameter names, in query strings and form bodies alike. */
export const parameters = {
  clientId: 'client_id',
  clientSecret: 'client_secret',
  grantType: 'grant_type',
  refreshToken: 'refresh_token',
  token: 'token',
  code: 'code',
  deviceCode: 'device_code',
  redirectUri: 'redirect_uri',
  responseType: 'response_type',
  state: 'state',
  forceVerify: 'force_verify',
  nonce: 'nonce',
  claims: 'claims',
  error: 'error',
  errorDescription: 'error_description',
  /** Never seen of Twitch. RFC 9207 §2. */
  issuer: 'iss',
  /** Plural, and only at the device endpoint. */
  scopes: 'scopes',
  scope: 'scope',
} as const

/** Values of `grant_type`. RFC 6749 §4.4.2, §6; RFC 8628 §3.4. */
export const grantTypes = {
  clientCredentials: 'client_credentials',
  authorizationCode: 'authorization_code',
  refreshToken: 'refresh_token',
  deviceCode: 'urn:ietf:params:oauth:grant-type:device_code',
} as const

/** The media type of a form body. */
export const FORM_TYPE = 'application/x-www-form-urlencoded'
