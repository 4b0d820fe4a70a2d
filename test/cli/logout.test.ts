// `token logout`: revoked, then forgotten, and nothing lost when Twitch can not be told.

import { describe, expect, test } from 'vitest'
import { Failure } from '../../src/domain/failure.ts'
import { seededApplications } from '../../src/emulator/seeds.ts'
import { CONFIG, createUser } from '../support/somebody.ts'

const { confidential } = seededApplications
const HOUR = 3_600_000
const noNetwork = async (): Promise<never> =>
  Promise.reject(new Failure('network', 'unreachable', 'Twitch could not be reached.'))

describe('logout', () => {
  test('revokes both tokens, then forgets them, and keeps the application', async () => {
    const { twitch, kept, accessToken, requests } = createUser()
    await twitch(['token'])
    const appToken = kept()['APPACCESSTOKEN'] ?? ''
    const { code, stdout } = await twitch(['token', 'logout'])
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout:
        'default: the user token was revoked, and forgotten.\ndefault: the app token was revoked, and forgotten.\n',
    })
    expect(kept()).toMatchObject({ CLIENTID: confidential.clientId })
    expect(JSON.stringify(kept())).not.toContain(accessToken)
    expect(JSON.stringify(kept())).not.toContain(appToken)
    expect(requests.slice(-2).map(({ body }) => new URLSearchParams(body).get('token'))).toEqual([
      accessToken,
      appToken,
    ])
    expect(await twitch(['token', 'logout'])).toEqual({
      code: 0,
      stdout: 'default: no token was stored.\n',
      stderr: '',
    })
  })

  test('takes one of them on request', async () => {
    const { twitch, kept, accessToken } = createUser()
    await twitch(['token'])
    const appToken = kept()['APPACCESSTOKEN']
    await twitch(['token', 'logout', '--user'])
    expect(kept()).toMatchObject({ ACCESSTOKEN: appToken, APPACCESSTOKEN: appToken })
    expect(JSON.stringify(kept())).not.toContain(accessToken)
  })

  test('forgets a token that Twitch does not know any more', async () => {
    const { twitch, accessToken, contents, kept } = createUser()
    contents.set(CONFIG, (contents.get(CONFIG) ?? '').replace(accessToken, 'deaddeaddeaddeaddeaddeaddeadde'))
    const { code, stdout } = await twitch(['token', 'logout'])
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'default: the user token was not valid any more, and is forgotten.\n',
    })
    expect(kept()['ACCESSTOKEN'] ?? '').toBe('')
  })

  test('forgets nothing when Twitch can not be reached, unless it is --local', async () => {
    const { twitch, contents, kept } = createUser()
    const before = contents.get(CONFIG)
    expect((await twitch(['token', 'logout'], { http: noNetwork })).code).toBe(6)
    expect(contents.get(CONFIG)).toBe(before)
    const { code, stdout } = await twitch(['token', 'logout', '--local'], { http: noNetwork })
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'default: the user token was forgotten here, and not revoked.\n',
    })
    expect(kept()['ACCESSTOKEN'] ?? '').toBe('')
  })

  test('--forget deletes the profile with all that is known of it', async () => {
    const { twitch, contents, clock } = createUser()
    clock.advance(5 * HOUR)
    await twitch(['token', 'print'])
    expect([...contents.keys()]).toEqual([CONFIG, `${CONFIG}.journal`])
    expect((await twitch(['token', 'logout', '--forget'])).stdout).toContain(
      'default: the profile was deleted.',
    )
    expect([...contents.keys()]).toEqual([])
  })

  test('--all takes every profile, and what fails in one does not keep it from the others', async () => {
    const { twitch, contents, kept } = createUser()
    await twitch(['token', '--profile', 'bot'])
    contents.set(CONFIG.replace('.twitch-cli.env', 'profiles/bad.env'), 'no equals sign\n')
    const { code, stdout, stderr } = await twitch(['token', 'logout', '--all', '--json'])
    expect(code).toBe(3)
    expect((JSON.parse(stdout) as { profile: string }[]).map(({ profile }) => profile)).toEqual([
      'default',
      'bot',
    ])
    expect(stderr).toContain('warning: bad: ')
    expect(kept('bot')['APPACCESSTOKEN'] ?? '').toBe('')
  })

  test.each([
    ['--app', '--user'],
    ['--forget', '--app'],
    ['--all', '--profile', 'bot'],
  ])('refuses %s with %s', async (...words) => {
    const { twitch, requests } = createUser()
    expect((await twitch(['token', 'logout', ...words])).code).toBe(2)
    expect(requests).toEqual([])
  })
})
