// The flags of `twitch token -u`: what they are, and what they have to be like.

import { Failure } from '../../../domain/failure.ts'
import { printable } from '../../../domain/printable.ts'
import type { CallbackPlace } from '../../../flows/user-flow.ts'
import type { FlagValues } from '../../command.ts'
import { parsePort } from '../../numbers.ts'

/** Everything that goes with `-u` only, and `-u` itself. */
export const userFlags = {
  'user-token': {
    short: 'u',
    summary: 'Get a user token: a person logs in, in a browser',
    group: 'Instead of an app token',
  },
  scopes: {
    short: 's',
    value: 'SCOPES',
    repeat: true,
    summary: 'Ask for these scopes: spaces or commas between',
    group: 'With -u',
    complete: 'scopes',
  },
  dcf: { summary: 'Log in by device code, in a browser anywhere', group: 'With -u' },
  forceverify: { summary: 'Ask for consent even if it was given before', group: 'With -u' },
  'expect-login': { value: 'NAME', summary: 'Fail unless this account logs in', group: 'With -u' },
  port: {
    short: 'p',
    value: 'PORT',
    summary: 'Wait for the browser on this port (default 3000)',
    group: 'With -u',
  },
  ip: { value: 'ADDRESS', summary: 'Wait on this address alone (default: all)', group: 'With -u' },
  'redirect-host': {
    value: 'HOST',
    summary: 'The host in the redirect URL (default localhost)',
    group: 'With -u',
  },
  timeout: { value: 'TIME', summary: 'Wait this long for the browser (default 5m)', group: 'With -u' },
  open: { summary: 'Open a browser here, also with --dcf or over SSH', group: 'With -u' },
  'no-browser': { summary: 'Do not open a browser: show the address', group: 'With -u' },
  'no-qr': { summary: 'Show no QR code with --dcf', group: 'With -u' },
  'allow-unknown-scopes': { summary: 'Send scopes that are not in the list', group: 'With -u' },
} as const

/** What they were given as. */
export type UserFlagValues = FlagValues<typeof userFlags>

/** The flags that mean nothing without `-u`, as they were typed. */
export function givenUserFlags(flags: UserFlagValues): readonly string[] {
  return Object.entries(flags).flatMap(([name, value]) => {
    const given = Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false
    return given && name !== 'user-token' && name in userFlags ? [`--${name}`] : []
  })
}

// https://fetch.spec.whatwg.org/#port-blocking
const BLOCKED_PORTS: ReadonlySet<number> = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
  109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
  526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
  3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
])

/**
 * Where the browser comes back to.
 *
 * @throws Failure `usage`
 */
export function callbackPlace(flags: Pick<UserFlagValues, 'port' | 'ip' | 'redirect-host'>): CallbackPlace {
  const port = parsePort(flags.port ?? '3000')
  if (BLOCKED_PORTS.has(port)) {
    throw new Failure('usage', 'port_blocked', `Browsers refuse to go to port ${port}.`, {
      hint: 'Choose another with -p, such as 3000, and register the redirect URL with it',
    })
  }
  return {
    redirectHost: redirectHost(flags['redirect-host'] ?? 'localhost'),
    port,
    address: address(flags.ip),
  }
}

function redirectHost(text: string): string {
  if (/^(?!-)[A-Za-z0-9.-]{1,253}$|^\[[0-9a-fA-F:.]+\]$/.test(text)) return text
  throw new Failure(
    'usage',
    'redirect_host_invalid',
    `--redirect-host takes a host alone, and "${printable(text)}" is more, or less.`,
    {
      hint: `Leave out the scheme, the port (that is -p) and any slash: --redirect-host ${hostWithin(text)}`,
    },
  )
}

function hostWithin(text: string): string {
  const url = text.includes('://') ? text : `http://${text}`
  return URL.canParse(url) ? new URL(url).hostname : 'localhost'
}

/** An IPv6 address may come in the brackets that it has in a URL. */
function address(text: string | undefined): string | undefined {
  const bare = text?.replace(/^\[(.*)\]$/, '$1')
  if (bare === '')
    throw new Failure('usage', 'address_unknown', '--ip needs an address, and got an empty one.')
  return bare
}
