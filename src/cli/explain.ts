// From a failure to what to type next, where the failure does not say so itself.

import type { Failure, FailureKind } from '../domain/failure.ts'

const CONFIGURE = 'Store the right Client ID and Client Secret: twitch configure'

const BY_CODE: Readonly<Record<string, string>> = {
  credentials_missing:
    'Store them with: twitch configure. Or give --client-id and --secret-stdin, or set TWITCH_CLIENT_ID and TWITCH_CLIENT_SECRET',
  secret_required:
    'Give it with --secret-stdin or TWITCH_CLIENT_SECRET, or store it with: twitch configure. A public application has none, and can have no app token',
  invalid_client: CONFIGURE,
  invalid_client_secret: CONFIGURE,
  client_does_not_exist: CONFIGURE,
  missing_client_secret:
    'This application is confidential: store its secret with twitch configure, or give it with --secret-stdin',
  invalid_client_credentials:
    'A public application can have no app token, since it has no secret; leave the secret out',
  invalid_refresh_token:
    'It has been used, was revoked, or belongs to another application. Log in again to get a new one',
  invalid_access_token: 'It has expired, was revoked, or was never issued. Get a new one: twitch token',
  certificate_refused: 'If this is your company’s proxy, name its certificate with NODE_EXTRA_CA_CERTS=FILE',
  rate_limited: 'Wait a minute, then run the command again',
  port_taken:
    'Stop the other program, or choose another port with -p (and register the redirect URL with it)',
  disk_full: 'Make room on the disk, then run the command again',
  no_permission: 'Give this user the permission, or name another file with --config FILE',
  read_only: 'Name a file that can be written with --config FILE',
  foreign_owner: 'Make the file your own with chown, or name another with --config FILE',
}

const BY_KIND = {
  usage: 'Run the command with --help to see what it takes',
  storage: 'Mend what is wrong with the file, or name another with --config FILE',
  denied: 'Check what was sent, then run the command again',
  expired: 'Run the command again',
  network:
    'Check the connection (and HTTPS_PROXY, if you need one), then run the command again; nothing was changed here',
  protocol: 'Run the command again in a while; nothing was changed here. --verbose shows what was asked',
  busy: 'Run the command again in a moment',
  interrupted: 'Nothing was stored. Run the command again when you are ready',
} satisfies Record<FailureKind, string>

/** The next thing to do, in one line. */
export function hintFor({ hint, code, kind }: Failure): string {
  return hint ?? BY_CODE[code] ?? BY_KIND[kind]
}
