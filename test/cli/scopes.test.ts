// `token scopes`: lists, presets, what a token has and what it lacks.

import { describe, expect, test } from 'vitest'
import { configured, createSomebody, createUser } from '../support/somebody.ts'

describe('scopes', () => {
  test('lists all of them, described, within the terminal', async () => {
    const { stdout } = await createSomebody().twitch(['token', 'scopes'], { columns: 60 })
    expect(stdout).toContain('chat:read')
    expect(stdout.split('\n').every((line) => line.length <= 60)).toBe(true)
    expect(
      (await createSomebody().twitch(['token', 'scopes', '-q'])).stdout.split(' ').length,
    ).toBeGreaterThan(70)
  })

  test('finds those that have all of the words', async () => {
    const { stdout } = await createSomebody().twitch(['token', 'scopes', 'Moderator', 'warn', '-q'])
    expect(stdout).toBe('moderator:manage:warnings moderator:read:warnings\n')
  })

  test('says what was probably meant where nothing is found', async () => {
    const { code, stderr } = await createSomebody().twitch(['token', 'scopes', 'chat:raed'])
    expect(code).toBe(2)
    expect(stderr).toContain('Did you mean chat:read')
  })

  test('has presets, each scope with a reason', async () => {
    const { twitch } = createSomebody()
    expect((await twitch(['token', 'scopes', '--preset', 'bot-chat', '-q'])).stdout).toBe(
      'chat:read chat:edit\n',
    )
    expect((await twitch(['token', 'scopes', '--preset', 'bot-chat'])).stdout).toContain(
      'Reads chat over IRC',
    )
    expect((await twitch(['token', 'scopes', '--preset', 'nosuch'])).stderr).toContain('There are bot-chat, ')
  })

  test.each(['bot-chat', 'eventsub', 'moderator', 'broadcaster', 'alerts', 'login'])(
    'the preset %s can be asked for',
    async (preset) => {
      const { twitch } = createSomebody(configured())
      const { stdout } = await twitch(['token', 'scopes', '--preset', preset, '-q'])
      const { code, stderr } = await twitch([
        'token',
        '-u',
        '-s',
        stdout.trim(),
        '--redirect-host',
        'http://x',
      ])
      expect({ code, scopes: /scope/.test(stderr) }).toEqual({ code: 2, scopes: false })
    },
  )

  test('shows what a token has', async () => {
    const { twitch, accessToken } = createUser()
    expect((await twitch(['token', 'scopes', '--of', accessToken, '-q'])).stdout).toBe(
      'chat:read user:read:email\n',
    )
    const piped = await twitch(['token', 'scopes', '--of', '-', '--json'], { input: `${accessToken}\n` })
    expect(JSON.parse(piped.stdout)).toMatchObject([{ scope: 'chat:read' }, { scope: 'user:read:email' }])
    expect((await twitch(['token', 'scopes', '--of', 'nobodysaccesstoken'])).code).toBe(4)
  })

  test('says what the stored token lacks, with an exit code and the command that mends it', async () => {
    const { twitch, requests } = createUser()
    expect(await twitch(['token', 'scopes', '--missing', 'chat:read'])).toMatchObject({ code: 0 })
    expect(await twitch(['token', 'scopes', '--missing', 'chat:read user:bot', '-q'])).toEqual({
      code: 4,
      stdout: 'user:bot\n',
      stderr:
        'error: The token does not have user:bot.\nhint: Log in with them: twitch token -u -s "chat:read user:bot user:read:email"\n',
    })
    expect(requests).toEqual([])
    const other = await twitch(['token', 'scopes', '--missing', 'user:bot', '--of', createUser().accessToken])
    expect(other.code).toBe(4)
  })
})
