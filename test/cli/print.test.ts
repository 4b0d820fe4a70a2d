// `token print`: a working token, in every form, or the reason why there is none.

import { describe, expect, test } from 'vitest'
import { Failure } from '../../src/domain/failure.ts'
import { seededApplications } from '../../src/emulator/seeds.ts'
import { CONFIG, configured, createSomebody, createUser } from '../support/somebody.ts'

const { confidential, public: open } = seededApplications
const HOUR = 3_600_000
const noNetwork = async (): Promise<never> =>
  Promise.reject(new Failure('network', 'unreachable', 'Twitch could not be reached.'))

describe('print', () => {
  test('prints the stored user token, and nothing else', async () => {
    const { twitch, accessToken, requests } = createUser()
    expect(await twitch(['token', 'print'])).toEqual({ code: 0, stdout: `${accessToken}\n`, stderr: '' })
    expect(requests).toEqual([])
  })

  test.each([
    ['token', 'TOKEN\n'],
    ['header', 'Authorization: Bearer TOKEN\n'],
    ['oauth', 'oauth:TOKEN\n'],
    [
      'env',
      `TWITCH_ACCESS_TOKEN=TOKEN\nTWITCH_CLIENT_ID=${confidential.clientId}\nTWITCH_LOGIN=mock_streamer\nTWITCH_USER_ID=100000001\nTWITCH_TOKEN_EXPIRES_AT=2026-11-23T16:00:00.000Z\n`,
    ],
  ])('prints it as %s, with -q too', async (format, expected) => {
    const { twitch, accessToken } = createUser()
    for (const quiet of [[], ['-q']]) {
      const { stdout } = await twitch(['token', 'print', '--format', format, ...quiet])
      expect(stdout.replaceAll(accessToken, 'TOKEN')).toBe(expected)
    }
  })

  test('prints a document, without the refresh token', async () => {
    const { twitch, accessToken } = createUser()
    const expected = {
      access_token: accessToken,
      token_type: 'bearer',
      expires_in: 14_400,
      expires_at: '2026-11-23T16:00:00.000Z',
      expires_at_epoch: 1_795_449_600,
      scope: ['chat:read', 'user:read:email'],
      kind: 'user',
      client_id: confidential.clientId,
      user_id: '100000001',
      login: 'mock_streamer',
    }
    expect(JSON.parse((await twitch(['token', 'print', '--json'])).stdout)).toEqual(expected)
    expect(JSON.parse((await twitch(['token', 'print', '--format', 'json'])).stdout)).toEqual(expected)
  })

  test('renews, stores and prints when the stored one has expired', async () => {
    const { twitch, accessToken, clock, kept } = createUser()
    clock.advance(5 * HOUR)
    const { code, stdout, stderr } = await twitch(['token', 'print'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).not.toBe(`${accessToken}\n`)
    expect(kept()).toMatchObject({ ACCESSTOKEN: stdout.trim(), USERLOGIN: 'mock_streamer' })
  })

  test('takes the app token on request, and gets one where there is none', async () => {
    const { twitch, accessToken, kept } = createUser()
    const { stdout } = await twitch(['token', 'print', '--app'])
    expect(kept()).toMatchObject({ APPACCESSTOKEN: stdout.trim(), ACCESSTOKEN: accessToken })
  })

  test('warns when it could not renew a token that still works', async () => {
    const { twitch, accessToken, clock } = createUser()
    clock.advance(4 * HOUR - 60_000)
    expect(await twitch(['token', 'print'], { http: noNetwork })).toEqual({
      code: 0,
      stdout: `${accessToken}\n`,
      stderr: 'warning: the token still works, but was not renewed: Twitch could not be reached.\n',
    })
    expect(await twitch(['token', 'print', '-q'], { http: noNetwork })).toMatchObject({ code: 0, stderr: '' })
  })

  test('is exit 5 with the command that logs in where nothing is left to renew with', async () => {
    const { twitch, contents, clock } = createUser(open)
    contents.set(CONFIG, (contents.get(CONFIG) ?? '').replace(/^REFRESHTOKEN=.*\n/m, ''))
    clock.advance(5 * HOUR)
    expect(await twitch(['token', 'print'])).toEqual({
      code: 5,
      stdout: '',
      stderr:
        'error: The user token has to be renewed, and came without a refresh token.\nhint: Log in: twitch token -u --dcf -s "chat:read user:read:email"\n',
    })
  })

  test('is exit 4 with the command for both where a scope is missing', async () => {
    const { twitch } = createUser()
    expect(await twitch(['token', 'print', '--require-scope', 'chat:edit,chat:read'])).toEqual({
      code: 4,
      stdout: '',
      stderr:
        'error: The user token does not have chat:edit.\nhint: Log in with it: twitch token -u -s "chat:edit chat:read user:read:email"\n',
    })
  })

  test('uses the application of the default profile in a profile that has none', async () => {
    const { twitch, kept } = createSomebody(configured())
    const { stdout } = await twitch(['token', 'print', '--profile', 'bot'])
    expect(kept('bot')).toMatchObject({ APPACCESSTOKEN: stdout.trim() })
    expect(kept('bot')).not.toHaveProperty('CLIENTSECRET')
    const { stdout: again } = await twitch(['--profile=bot', 'token', 'print'])
    expect(again).toBe(stdout)
    expect((await twitch(['token', 'print'], { environment: { TWITCH_PROFILE: 'bot' } })).stdout).toBe(stdout)
  })

  test.each([
    [['--app', '--user'], '--app and --user do not go together.'],
    [['--format', 'xml'], 'There is no format "xml".'],
    [['--json', '--format', 'env'], '--json and --format env do not go together.'],
    [['--min-valid', 'soon'], '--min-valid takes a time such as 90s, 5m or 1h, and not "soon".'],
    [['stray'], 'There is an argument too many: what is given to a flag goes right behind it.'],
  ])('refuses %s', async (words, message) => {
    const { twitch, requests } = createUser()
    const { code, stdout, stderr } = await twitch(['token', 'print', ...words])
    expect({ code, requests: requests.length }).toEqual({ code: 2, requests: 0 })
    expect(`${stdout}${stderr}`).toContain(message)
  })

  test('without any credentials says how to give some', async () => {
    const { code, stderr } = await createSomebody().twitch(['token', 'print'])
    expect(code).toBe(2)
    expect(stderr).toContain('twitch configure')
  })
})
