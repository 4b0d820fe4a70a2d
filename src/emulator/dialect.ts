// Where accounts of Twitch differ, or Twitch itself does: one option each, with what is most likely as the default.

/** How the server behaves where it could behave otherwise. */
export interface Dialect {
  /** What a refresh does with the refresh token: keeps those of confidential applications, as Twitch does; keeps all; keeps none. */
  readonly refreshTokens: 'as-twitch' | 'static' | 'one-time'
  /** The status for a dead refresh token. */
  readonly deadRefreshToken: '400' | '401'
  /** What a refresh beyond fifty live access tokens does. */
  readonly fiftyFirstToken: 'retires-oldest' | 'refused'
  /** Whether refusals have an `error` beside `status` and `message`. */
  readonly refusalError: 'absent' | 'present'
  /** How the token endpoint spells scopes. */
  readonly tokenScope: 'array' | 'string'
  /** What the validate endpoint says of an app token's user. */
  readonly appTokenUser: 'absent' | 'null'
  /** What the validate endpoint says of an app token's scopes. */
  readonly appTokenScopes: 'empty' | 'null'
  /** Whether the address of a device login has `public=true` in it. */
  readonly verificationUri: 'plain' | 'public'
  /** What a poll finds after the user has refused: nothing, until the code expires; or the refusal. */
  readonly deniedDevice: 'pending' | 'access_denied'
  /** What a poll before its time is answered with. */
  readonly fastPolling: 'ignored' | 'slow_down'
  /** How the scopes in a redirect are encoded. */
  readonly redirectScope: 'once' | 'twice'
  /** Whether a public application may use the implicit flow. */
  readonly publicImplicit: 'allowed' | 'refused'
  /** Whether secrets may stand in a URL, as the official CLI and others send them. */
  readonly secretsInUrl: 'taken' | 'refused'
}

/** Every option's values, the default first. */
export const dialectValues: {
  readonly [Name in keyof Dialect]: readonly [Dialect[Name], ...Dialect[Name][]]
} = {
  refreshTokens: ['as-twitch', 'static', 'one-time'],
  deadRefreshToken: ['400', '401'],
  fiftyFirstToken: ['retires-oldest', 'refused'],
  refusalError: ['absent', 'present'],
  tokenScope: ['array', 'string'],
  appTokenUser: ['absent', 'null'],
  appTokenScopes: ['empty', 'null'],
  verificationUri: ['plain', 'public'],
  deniedDevice: ['pending', 'access_denied'],
  fastPolling: ['ignored', 'slow_down'],
  redirectScope: ['once', 'twice'],
  publicImplicit: ['allowed', 'refused'],
  secretsInUrl: ['taken', 'refused'],
}

/** What is most likely. */
export const defaultDialect: Dialect = {
  refreshTokens: 'as-twitch',
  deadRefreshToken: '400',
  fiftyFirstToken: 'retires-oldest',
  refusalError: 'absent',
  tokenScope: 'array',
  appTokenUser: 'absent',
  appTokenScopes: 'empty',
  verificationUri: 'plain',
  deniedDevice: 'pending',
  fastPolling: 'ignored',
  redirectScope: 'once',
  publicImplicit: 'allowed',
  secretsInUrl: 'taken',
}

/** As unforgiving as any server that keeps to the standards: for finding out what a client gets away with. */
export const strictDialect: Dialect = {
  ...defaultDialect,
  refreshTokens: 'one-time',
  fastPolling: 'slow_down',
  deniedDevice: 'access_denied',
  publicImplicit: 'refused',
  secretsInUrl: 'refused',
}
