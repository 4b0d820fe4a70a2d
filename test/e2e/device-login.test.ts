// `twitch token -u --dcf` as a process, with the server’s own word in the place of the user.

import { describe, expect, test } from 'vitest'
import { seededApplications } from '../../src/emulator/seeds.ts'
import { type RunningProgram, start } from '../support/program.ts'
import { type Setting, createSetting, kept, unstamped } from '../support/user-login.ts'

const { confidential, public: open } = seededApplications

describe('a login by device code', () => {
  async function beginDevice(
    application: { clientId: string; clientSecret?: string },
    words: readonly string[] = [],
  ): Promise<Setting & { program: RunningProgram; userCode: string }> {
    const setting = await createSetting(application)
    const program = start(setting.machine, [
      'token',
      '-u',
      '--dcf',
      '-s',
      'user:read:email chat:read',
      ...words,
    ])
    const [, userCode = ''] = await program.tells(/Use this code when prompted at the above URL: ([A-Z]{8})/)
    return { ...setting, program, userCode }
  }

  test('of a public application: the official text, no secret anywhere, the token stored', async () => {
    const { machine, server, program, userCode } = await beginDevice(open)
    server.emulator.approveDevice(userCode, '100000003')
    const { code, stdout, stderr } = await program.ended
    expect(code).toBe(0)
    expect(unstamped(stderr)).toBe(
      [
        'Started Device Code Flow login.',
        `Use this URL to log in: http://localhost:${server.port}/activate?device-code=${userCode}`,
        `Use this code when prompted at the above URL: ${userCode}`,
        '',
        'This system will check every 1 second, and will expire after 30 minutes.',
        'Successfully generated User Access Token.',
        'Logged in as mock_viewer (100000003).',
        '',
      ].join('\n'),
    )
    expect(unstamped(stdout)).toMatch(
      /^User Access Token: mock\w{26}\nRefresh Token: mock\w{46}\nExpires At: .* UTC\nScopes: \[chat:read user:read:email\]\n$/,
    )
    expect(kept(machine.config)).toMatchObject({
      CLIENTTYPE: 'public',
      USERLOGIN: 'mock_viewer',
      TOKENSCOPES: '[chat:read user:read:email]',
    })
    expect(server.requests.map(({ body }) => body).join()).not.toContain('secret')
    for (const { target } of server.requests) expect(target).not.toContain('?')
    expect(stdout + stderr).not.toContain(new URLSearchParams(server.requests[1]?.body).get('device_code'))
  })

  test('of a confidential application warns once that refreshing needs the secret, and sends none', async () => {
    const { server, program, userCode } = await beginDevice(confidential)
    server.emulator.approveDevice(userCode)
    const { stderr } = await program.ended
    expect(stderr.match(/warning: .*Client Secret.*/g)).toEqual([expect.stringContaining('refresh')])
    expect(server.requests.map(({ body }) => body).join()).not.toContain('secret')
  })

  test('that the user refuses: exit 4', async () => {
    const { server, program, userCode } = await beginDevice(open)
    server.emulator.denyDevice(userCode)
    server.emulator.script.next('/token', { status: 400, body: { status: 400, message: 'access_denied' } })
    expect(await program.ended).toMatchObject({ code: 4, stdout: '' })
  })

  test('goes on over a cut connection, and says so', async () => {
    const { server, program, userCode } = await beginDevice(open)
    server.interfere = (_request, response) => {
      response.socket?.destroy()
      server.interfere = undefined
      return true
    }
    await program.tells(/warning: The connection to localhost:\d+ was cut off.* Trying again in 2 seconds\./)
    server.emulator.approveDevice(userCode)
    expect((await program.ended).code).toBe(0)
  })

  test('shows nothing and opens nothing when the address is not to be trusted: exit 7', async () => {
    const { machine, server } = await createSetting(open)
    server.emulator.script.next('/device', {
      body: {
        device_code: 'x',
        user_code: 'BCDFGHJK',
        expires_in: 1800,
        interval: 1,
        verification_uri: 'https://evil.example/activate',
      },
    })
    const { code, stderr } = await machine.run(['token', '-u', '--dcf', '--open'])
    expect(code).toBe(7)
    expect(stderr).not.toContain('evil.example')
  })

  test('interrupted: exit 130, nothing stored', async () => {
    const { machine, program } = await beginDevice(open)
    program.child.kill('SIGINT')
    expect((await program.ended).code).toBe(130)
    expect(kept(machine.config)['ACCESSTOKEN']).toBeUndefined()
  })

  test('of an unknown application: exit 4', async () => {
    const { machine } = await createSetting({ clientId: 'nobody' })
    expect(await machine.run(['token', '-u', '--dcf'])).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('invalid client (400)'),
    })
  })
})
