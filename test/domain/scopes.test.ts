// Lists of scopes as people write them.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareScopes, parseScopes } from '../../src/domain/scopes.ts'
import { retiredScopes, scopes } from '../../src/wire/scopes.ts'

describe('a list of scopes', () => {
  test.each([
    [['chat:read chat:edit'], ['chat:read', 'chat:edit']],
    [['chat:read,chat:edit'], ['chat:read', 'chat:edit']],
    [['chat:read+chat:edit'], ['chat:read', 'chat:edit']],
    [
      ['chat:read', 'chat:edit'],
      ['chat:read', 'chat:edit'],
    ],
    [
      ["'chat:read", "chat:edit'"],
      ['chat:read', 'chat:edit'],
    ],
    [['"chat:read", `chat:edit`'], ['chat:read', 'chat:edit']],
    [['  chat:read   chat:read '], ['chat:read']],
    [['Chat:Read'], ['chat:read']],
    [['', ' '], []],
    [[], []],
  ])('%j is %j', (texts, expected) => {
    expect(parseScopes(texts, false)).toEqual(expected)
  })

  test('takes every scope that Twitch has', () => {
    const names = scopes.map(({ name }) => name)
    expect(names).toHaveLength(82)
    expect(parseScopes([names.join(' ')], false)).toEqual(names)
  })

  test.each([
    ['chat:reed', ['chat:read']],
    ['chat_read', ['chat:read']],
    ['user:read:mail', ['user:read:email']],
    ['moderator:manage:banned', ['moderator:manage:banned_users']],
    ['channel:poll', ['channel:manage:polls', 'channel:read:polls']],
    ['shoutout', ['moderator:manage:shoutouts', 'moderator:read:shoutouts']],
  ])('refuses %s, and names %j', (name, near) => {
    let hint = ''
    expect(() => {
      try {
        parseScopes([`chat:read ${name}`], false)
      } catch (error) {
        hint = (error as { hint: string }).hint
        throw error
      }
    }).toThrow(
      expect.objectContaining({
        kind: 'usage',
        code: 'unknown_scope',
        message: `Twitch has no scope "${name}".`,
      }),
    )
    for (const expected of near) expect(hint).toContain(expected)
  })

  test('refuses what is like nothing, and lets it by when told to', () => {
    expect(() => parseScopes(['xyzzy'], false)).toThrow(expect.objectContaining({ code: 'unknown_scope' }))
    expect(parseScopes(['xyzzy chat:read'], true)).toEqual(['xyzzy', 'chat:read'])
  })

  test('refuses every retired scope, with its successor where there is one', () => {
    expect(retiredScopes).toHaveLength(29)
    for (const { name, successors } of retiredScopes) {
      const hint = successors.length === 0 ? 'leave it out' : successors.join(' and ')
      expect(() => parseScopes([name], false)).toThrow(
        expect.objectContaining({ code: 'retired_scope', hint: expect.stringContaining(hint) }),
      )
      for (const successor of successors) expect(scopes.map((entry) => entry.name)).toContain(successor)
    }
  })

  test('never throws anything but a failure, and what it returns holds no separator', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 4 }), (texts) => {
        for (const name of parseScopes(texts, true)) expect(name).toMatch(/^[^\s,+'"`]+$/)
      }),
      { numRuns: 2_000 },
    )
  })
})

test('two lists are compared both ways', () => {
  expect(compareScopes(['a', 'b'], ['b', 'c'])).toEqual({ missing: ['a'], extra: ['c'] })
})
