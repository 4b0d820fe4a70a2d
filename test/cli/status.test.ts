// `token status`: what it shows, what it warns of, and what a check finds.

import { describe, expect, test } from 'vitest'
import { Failure } from '../../src/domain/failure.ts'
import { seededApplications } from '../../src/emulator/seeds.ts'
import { CONFIG, createSomebody, createUser } from '../support/somebody.ts'

const { confidential, public: open } = seededApplications
const HOUR = 3_600_000
const noNetwork = async (): Promise<never> =>
  Promise.reject(new Failure('network', 'unreachable', 'Twitch could not be reached.'))

describe('status', () => {
  test('shows what is stored at 60 columns, masked, with sources, and sends nothing', async () => {
    const { twitch, accessToken, refreshToken, requests } = createUser()
    await twitch(['token'])
    const sent = requests.length
    const { code, stdout, stderr } = await twitch(['token', 'status'], {
      columns: 60,
      environment: { TWITCH_CLIENT_SECRET: confidential.clientSecret },
    })
    expect({ code, stderr, sent: requests.length - sent }).toEqual({ code: 0, stderr: '', sent: 0 })
    expect(stdout.replace(/…(?!cret)\w{4}/g, '…XXXX')).toMatchInlineSnapshot(`
      "Profile        default
      File
        /home/someone/.config/twitch-cli/.twitch-cli.env
      Server         Twitch
      Client ID      mockconfidentialclient00000001, from the
                     profile
      Client Secret  …cret, from the environment
      User token     …XXXX, mock_streamer (100000001)
                     scopes: chat:read user:read:email
                     works for 4h, until 2026-11-23 16:00 UTC;
                     print renews it
      App token      …XXXX
                     works for 57d 9h, until 2027-01-19 21:40 UTC;
                     print renews it
      "
    `)
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(60)
    expect(stdout).not.toContain(accessToken)
    expect(stdout).not.toContain(refreshToken)
  })

  test('warns of what will stop working soon, in words and for programs', async () => {
    const { twitch, contents, clock } = createUser(open)
    contents.set(CONFIG, (contents.get(CONFIG) ?? '').replace(/^REFRESHTOKEN=.*\n/m, ''))
    clock.advance(3.5 * HOUR)
    expect((await twitch(['token', 'status'], { columns: 200 })).stdout).toContain(
      'Warning        the user token ends in 30m, and nothing can renew it. Log in: twitch token -u --dcf -s "chat:read user:read:email"\n',
    )
    clock.advance(HOUR)
    const { warnings, user } = JSON.parse((await twitch(['token', 'status', '--json'])).stdout) as {
      warnings: unknown
      user: unknown
    }
    expect(warnings).toMatchObject([
      { type: 'ends', message: expect.stringContaining('has ended') as string },
    ])
    expect(user).toMatchObject({ renewable: false, check: 'unasked', expires_in: 0 })
  })

  test('warns of a refresh that was cut off', async () => {
    const { twitch, clock } = createUser()
    clock.advance(5 * HOUR)
    await twitch(['token', 'print'], { http: noNetwork })
    clock.advance(HOUR)
    expect((await twitch(['token', 'status'], { columns: 200 })).stdout).toContain(
      'Warning        a refresh that began at 2026-11-23 17:00 UTC was cut off',
    )
  })

  test('says when there is nothing', async () => {
    const { code, stdout } = await createSomebody().twitch(['token', 'status'])
    expect(code).toBe(0)
    expect(stdout).toContain('Client ID      none; store one with: twitch configure')
  })

  test('--check is exit 0 while the tokens are valid, and 4 when one is dead', async () => {
    const { twitch, accessToken, contents } = createUser()
    const valid = await twitch(['token', 'status', '--check'])
    expect(valid).toMatchObject({ code: 0, stderr: '' })
    expect(valid.stdout).toContain('valid: the server was asked just now')
    contents.set(CONFIG, (contents.get(CONFIG) ?? '').replace(accessToken, 'deaddeaddeaddeaddeaddeaddeadde'))
    const dead = await twitch(['token', 'status', '--check'])
    expect(dead.code).toBe(4)
    expect(dead.stdout).toContain('NOT VALID: invalid access token')
    expect(dead.stderr).toBe(
      'error: The user token of default is not valid any more.\nhint: The next twitch token print --user renews it\n',
    )
    const json = await twitch(['token', 'status', '--check', '--json'])
    expect(json.code).toBe(4)
    expect(JSON.parse(json.stdout)).toMatchObject({ user: { check: 'dead' } })
    expect(await twitch(['token', 'status', '--check', '-q'])).toMatchObject({ code: 4, stdout: '' })
  })

  test('--check is exit 6 where nobody could be asked, and shows what there is', async () => {
    const { code, stdout } = await createUser().twitch(['token', 'status', '--check'], { http: noNetwork })
    expect(code).toBe(6)
    expect(stdout).toContain('could not be checked: Twitch could not be reached.')
  })

  test('--all shows every profile, and those that can be read when one can not', async () => {
    const { twitch, contents } = createUser()
    await twitch(['token', '--profile', 'bot'])
    contents.set(CONFIG.replace('.twitch-cli.env', 'profiles/bad.env'), 'no equals sign\n')
    const { code, stdout, stderr } = await twitch(['token', 'status', '--all'])
    expect(code).toBe(3)
    expect(stdout.match(/^Profile .*/gm)).toEqual(['Profile        default', 'Profile        bot'])
    expect(stdout).toContain('from the default profile')
    expect(stderr).toContain('warning: bad: ')
    expect(stderr).toContain('line 1')
    const { stdout: json } = await twitch(['token', 'status', '--all', '--json'])
    expect((JSON.parse(json) as { profile: string }[]).map(({ profile }) => profile)).toEqual([
      'default',
      'bot',
    ])
  })

  test('--all of nothing is an empty list', async () => {
    const { twitch } = createSomebody()
    expect(await twitch(['token', 'status', '--all'])).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(JSON.parse((await twitch(['token', 'status', '--all', '--json'])).stdout)).toEqual([])
  })
})
