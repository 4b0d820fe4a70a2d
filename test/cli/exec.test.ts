// `token exec`: which program is run, and with what environment.

import { describe, expect, test } from 'vitest'
import { Failure } from '../../src/domain/failure.ts'
import { seededApplications } from '../../src/emulator/seeds.ts'
import { createUser } from '../support/somebody.ts'

const { confidential } = seededApplications

describe('exec', () => {
  test('gives the program a token and whose it is, and none of our secrets', async () => {
    const { twitch, accessToken } = createUser()
    const calls: [readonly string[], Readonly<Record<string, string | undefined>>][] = []
    const { code, stdout, stderr } = await twitch(['token', 'exec', '--user', '--', 'bot', '--json', '-v'], {
      environment: {
        HOME: '/home/someone',
        TWITCH_CLIENT_SECRET: 'canary',
        TWITCH_CLIENTSECRET: 'canary',
        TWITCH_REFRESH_TOKEN: 'canary',
        TWITCH_EVENTSUB_SECRET: 'the program’s own',
      },
      execute: async (command, environment) => {
        calls.push([command, environment])
        return 42
      },
    })
    expect({ code, stdout, stderr }).toEqual({ code: 42, stdout: '', stderr: '' })
    expect(calls).toEqual([
      [
        ['bot', '--json', '-v'],
        {
          HOME: '/home/someone',
          TWITCH_EVENTSUB_SECRET: 'the program’s own',
          TWITCH_ACCESS_TOKEN: accessToken,
          TWITCH_CLIENT_ID: confidential.clientId,
          TWITCH_LOGIN: 'mock_streamer',
          TWITCH_USER_ID: '100000001',
          TWITCH_TOKEN_EXPIRES_AT: '2026-11-23T16:00:00.000Z',
        },
      ],
    ])
  })

  test('leaves the flags of the program to it, with and without --', async () => {
    const { twitch } = createUser()
    const commands: (readonly string[])[] = []
    const execute = async (command: readonly string[]): Promise<number> => {
      commands.push(command)
      return 0
    }
    await twitch(['token', 'exec', 'bot', '--json', '--app'], { execute })
    await twitch(['--verbose', 'token', 'exec', '--', 'bot', '--', '-q'], { execute })
    expect(commands).toEqual([
      ['bot', '--json', '--app'],
      ['bot', '--', '-q'],
    ])
  })

  test('without a program is a matter of usage', async () => {
    const { code, stderr } = await createUser().twitch(['token', 'exec'])
    expect(code).toBe(2)
    expect(stderr).toContain('CMD is missing.')
  })

  test.each([
    ['program_not_found', 127],
    ['program_not_run', 126],
  ])('%s is exit %i', async (name, expected) => {
    const failure = new Failure('usage', name, 'no')
    const { code } = await createUser().twitch(['token', 'exec', 'nosuch'], {
      execute: async () => Promise.reject(failure),
    })
    expect(code).toBe(expected)
  })
})
