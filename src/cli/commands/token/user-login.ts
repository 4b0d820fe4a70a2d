// `twitch token -u`: a login through the browser, or by device code.

import { Failure } from '../../../domain/failure.ts'
import { parseScopes } from '../../../domain/scopes.ts'
import type { LoginContext, UserLogin, UserLoginRequest } from '../../../session/login.ts'
import type { Session } from '../../../session/session.ts'
import type { CommandContext } from '../../context.ts'
import { flowNarrator } from '../../narrate-flow.ts'
import { parseDuration } from '../../numbers.ts'
import { qrPen } from '../../qr.ts'
import { browserElsewhere } from './browser-place.ts'
import { type UserFlagValues, callbackPlace } from './user-flags.ts'

const DEFAULT_TIMEOUT = '5m'

/** What the flags ask for, checked before anything is sent. */
export interface UserLoginPlan {
  readonly request: Omit<UserLoginRequest, 'openBrowser' | 'acceptPaste'>
  readonly browser: 'here' | 'nowhere' | 'where-it-is-seen'
  readonly qr: boolean
}

/**
 * Reads the flags.
 *
 * @throws Failure `usage`
 */
export function planUserLogin(flags: UserFlagValues): UserLoginPlan {
  if (flags.open && flags['no-browser']) {
    throw new Failure('usage', 'flags_conflict', '--open and --no-browser do not go together.')
  }
  return {
    request: {
      flow: flags.dcf ? 'device-code' : 'authorization-code',
      scopes: parseScopes(flags.scopes, flags['allow-unknown-scopes']),
      forceVerify: flags.forceverify,
      expectedLogin: flags['expect-login'],
      callback: callbackPlace(flags),
      timeoutMilliseconds: parseDuration('--timeout', flags.timeout ?? DEFAULT_TIMEOUT),
    },
    browser: browserPlan(flags),
    qr: !flags['no-qr'],
  }
}

/** Logs in, and tells what there is to tell. */
export async function loginUser(
  context: CommandContext,
  session: Session,
  plan: UserLoginPlan,
): Promise<UserLogin> {
  const { narrator, terminal } = context
  const elsewhere = await whyElsewhere(context, plan)
  const openBrowser = plan.browser !== 'nowhere' && elsewhere === undefined
  if (elsewhere !== undefined) narrator.tell(`The browser is not opened here: ${elsewhere}.`)
  const acceptPaste = !openBrowser && terminal.interactive
  const login = await session.loginUser(await flowWorld(context, plan), {
    ...plan.request,
    openBrowser,
    acceptPaste,
  })
  narrator.stamped('Successfully generated User Access Token.')
  const { user } = login.token
  if (user !== undefined) narrator.stamped(`Logged in as ${user.login} (${user.id}).`)
  for (const warning of warnings(login)) narrator.warn(warning)
  return login
}

function browserPlan(flags: UserFlagValues): UserLoginPlan['browser'] {
  if (flags.open) return 'here'
  // With a device code the browser may be anywhere, so it is opened only on request.
  return flags['no-browser'] || flags.dcf ? 'nowhere' : 'where-it-is-seen'
}

async function whyElsewhere(
  { world }: CommandContext,
  { browser }: UserLoginPlan,
): Promise<string | undefined> {
  if (browser !== 'where-it-is-seen') return undefined
  return browserElsewhere(world.environment, await world.inspectMachine())
}

async function flowWorld(context: CommandContext, { request, qr }: UserLoginPlan): Promise<LoginContext> {
  const { world, terminal } = context
  const drawQr = request.flow === 'device-code' && qr ? await qrPen(terminal, world.environment) : undefined
  return {
    clock: world.clock,
    random: world.random,
    serve: world.serve,
    openBrowser: async (url) => world.openBrowser(url),
    askForAddress: async (signal) =>
      terminal.ask({ message: 'Paste the address that the browser ended at' }, signal),
    report: flowNarrator(context.narrator, drawQr),
    signal: world.interruption,
  }
}

function warnings({
  missingScopes,
  extraScopes,
  unidentified,
  refreshWantsSecret,
  stored,
}: UserLogin): readonly string[] {
  const keep = stored ? 'keep it configured' : 'it was not stored, so it has to be given again then'
  return [
    ...(missingScopes.length === 0 ? [] : [`not granted, though asked for: ${missingScopes.join(', ')}`]),
    ...(extraScopes.length === 0 ? [] : [`granted without being asked for: ${extraScopes.join(', ')}`]),
    ...(unidentified === undefined ? [] : [`it could not be found out whose token it is: ${unidentified}`]),
    ...(refreshWantsSecret
      ? [`the application is confidential, so refreshing this token needs the Client Secret: ${keep}`]
      : []),
  ]
}
