// Both forms at once: the lock of each is respected by the other.

import { expect, test } from 'vitest'
import { amount, recordFigure } from '../support/figures.ts'
import { program } from '../support/program.ts'
import { createStoredUser } from '../support/stored-user.ts'
import { installBinary } from './install.ts'

const ROUNDS = amount(20, 3)

test('25 processes of each form on one expired token: one refresh, and one new token for all', async () => {
  const binary = await installBinary()
  for (let round = 0; round < ROUNDS; round++) {
    const { machine, server, tokens } = await createStoredUser({
      secondsLeft: -10,
      type: 'public',
      behaviour: { strict: true },
    })
    const words = ['token', 'print', '--config', machine.config]
    const runs = await Promise.all(
      Array.from({ length: 50 }, async (_, index) =>
        machine.command([...(index % 2 === 0 ? program : [binary]), ...words]),
      ),
    )
    // Whoever waits long enough says so; that is all that may be said.
    const failed = runs.filter(({ code, stderr }) => code !== 0 || /error|warning/.test(stderr))
    expect(failed).toEqual([])
    expect(new Set(runs.map(({ stdout }) => stdout)).size).toBe(1)
    expect(runs[0]?.stdout.trim()).not.toBe(tokens.accessToken)
    expect(server.requests.map(({ target }) => target)).toEqual(['/oauth2/token'])
  }
  recordFigure({
    area: 'tokens',
    what: '25 processes of each form, Node and standalone, on one expired token',
    tried: ROUNDS,
    failed: 0,
    figure: 'one refresh a round, and the same new token for all fifty',
    command: 'npm run torture -- test/forms',
  })
}, 240_000)
