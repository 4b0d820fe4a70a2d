// What is measured: every command on both forms of the program, and beside each form what it is held against.

import path from 'node:path'
import { seededApplications } from '../src/emulator/seeds.ts'
import type { Case } from './measure.ts'
import { PROFILE, type Stage } from './stage.ts'

/** A form of the program. */
export type Form = 'npm' | 'standalone'

/** The forms, and what they are called. */
export const forms: Readonly<Record<Form, string>> = {
  npm: 'the npm package, on Node',
  standalone: 'the standalone program',
}

/** How many programs ask for a token at the same time. */
const CROWD = 50
const HELP = /^[\s\S]*Usage/
const TOKEN = /^[a-z0-9]{30}\n$/
const DOCUMENT = /"access_token"|"client_id"/

/** A form of the program, and what there is to hold it against. */
interface Contestant {
  readonly form: Form
  readonly program: readonly string[]
  /** The runtime with nothing to do. */
  readonly nothing: readonly string[]
  readonly validate: readonly string[]
  readonly appToken: readonly string[]
}

/** All commands. */
export function allCases(stage: Stage): readonly Case[] {
  const bare = [process.execPath, path.join(import.meta.dirname, 'programs', 'request.cjs')]
  return [
    ...casesOf(stage, {
      form: 'npm',
      program: [process.execPath, path.resolve('dist', 'twitch.cjs')],
      nothing: [process.execPath, '-e', '0'],
      validate: bare,
      appToken: bare,
    }),
    ...casesOf(stage, {
      form: 'standalone',
      program: [stage.binary],
      nothing: [stage.compiled('empty')],
      validate: [stage.compiled('validate')],
      appToken: [stage.compiled('app-token')],
    }),
  ]
}

function casesOf(stage: Stage, contestant: Contestant): readonly Case[] {
  const { form, program, nothing } = contestant
  const named = (
    name: string,
    command: readonly string[],
    prints: RegExp,
    home = homeWith(stage, 1),
  ): Case => ({
    name: `${form}: ${name}`,
    command,
    environment: environmentOf(home),
    copies: 1,
    prints,
  })
  const print = [...program, 'token', 'print', '--profile', PROFILE]
  const status = [...program, 'token', 'status', '--profile', PROFILE]
  const [thousand, many] = [homeWith(stage, 1_000), homeWith(stage, 100_000)]
  return [
    named('nothing', nothing, /^$/),
    named('help', [...program, 'token', '--help'], HELP),
    named('print', print, TOKEN),
    named('print again', print, TOKEN),
    named('print of 1,000', print, TOKEN, thousand),
    named('print of 100,000', print, TOKEN, many),
    named('status', status, /mock_streamer/),
    named('status of 100,000', status, /mock_streamer/, many),
    ...requests(stage, contestant),
    { ...named('50 nothing', nothing, /^$/), copies: CROWD },
    { ...named('50 prints', print, TOKEN), copies: CROWD },
    {
      ...named('50 prints, expired', [...program, 'token', 'print'], TOKEN, stage.expiredHome),
      environment: trusting(stage, stage.expiredHome),
      copies: CROWD,
      prepare: () => stage.expire(),
    },
  ]
}

/** The same requests, by the program and by next to nothing. */
function requests(stage: Stage, { form, program, validate, appToken }: Contestant): readonly Case[] {
  const { url, accessToken } = stage.server
  const { clientId, clientSecret } = seededApplications.confidential
  const environment = trusting(stage, stage.appHome)
  const form_ = `client_id=${clientId}&client_secret=${clientSecret}&grant_type=client_credentials`
  const named = (name: string, command: readonly string[], prints: RegExp): Case => ({
    name: `${form}: ${name}`,
    command,
    environment,
    copies: 1,
    prints,
  })
  const valid = named('bare validate', [...validate, `${url}/validate`, accessToken], DOCUMENT)
  const issued = named('bare app token', [...appToken, `${url}/token`], DOCUMENT)
  return [
    valid,
    named('validate', [...program, 'token', '-v', accessToken, '--auth-url', url], /mock_streamer/),
    { ...issued, environment: { ...environment, FORM: form_ } },
    named('app token', [...program, 'token'], /App Access Token/),
  ]
}

function homeWith({ homes }: Stage, profiles: number): string {
  return homes.get(profiles) ?? ''
}

function environmentOf(home: string): Readonly<Record<string, string>> {
  return { PATH: process.env['PATH'] ?? '', HOME: home, LANG: 'C.UTF-8' }
}

/** Our server's certificate is trusted in the way that costs the programs and the bare requests the same. */
function trusting({ certificate }: Stage, home: string): Readonly<Record<string, string>> {
  return { ...environmentOf(home), NODE_EXTRA_CA_CERTS: certificate }
}
