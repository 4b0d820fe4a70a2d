// Two hundred hostile refusals in real Chromium: none runs, and the page keeps its skeleton.

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createIdentityClient } from '../../src/client/identity-client.ts'
import { Failure } from '../../src/domain/failure.ts'
import { twitch } from '../../src/domain/identity-server.ts'
import { Secret } from '../../src/domain/secret.ts'
import { authorizationCode } from '../../src/flows/authorization-code.ts'
import { systemClock } from '../../src/platform/clock.ts'
import { systemRandom } from '../../src/platform/random.ts'
import { serve } from '../../src/platform/server.ts'
import { hasChromium, launchChromium, openPage, watch } from '../support/chromium.ts'
import { recordFigure } from '../support/figures.ts'
import { freePort } from '../support/ports.ts'
import { xssPayloads } from '../support/xss.ts'

/** The tags and attributes of the page, without its words. */
const SKELETON = `[...document.querySelectorAll('*')].map((each) => each.tagName + '[' + each.getAttributeNames() + ']').join(' ')`

describe.runIf(hasChromium)('in Chromium', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(async () => browser.close())

  test('no payload of a refusal runs, and the page keeps its skeleton', async () => {
    expect(xssPayloads.length).toBeGreaterThanOrEqual(200)
    const skeletons = new Set<unknown>()
    const incidents: string[] = []
    const left = [...xssPayloads]
    const work = async (): Promise<void> => {
      const page = await openPage(browser)
      const watched = watch(page)
      for (let payload = left.pop(); payload !== undefined; payload = left.pop()) {
        const login = await beginInside()
        const query = new URLSearchParams({ error: payload, error_description: payload, state: login.state })
        await page.goto(`http://localhost:${login.port}/?${query.toString()}`)
        skeletons.add(await page.evaluate(SKELETON))
        expect(await page.evaluate("'pwned' in window")).toBe(false)
        expect(await page.getByText('Error Details:').textContent()).toContain('Error Details: ')
        await login.ended
      }
      incidents.push(...watched.incidents)
    }
    await Promise.all([work(), work(), work(), work()])
    expect(skeletons.size).toBe(1)
    expect(incidents).toEqual([])
    recordFigure({
      area: 'hostile',
      what: 'scripts in the error of a callback, in Chromium',
      tried: xssPayloads.length,
      failed: incidents.length,
      figure: 'the page keeps its skeleton, and none of them runs',
      command: 'npm run torture -- test/browser',
    })
  }, 120_000)
})

/** A login inside this process, with a real callback server, for what has to be tried hundreds of times. */
async function beginInside(): Promise<{ port: number; state: string; ended: Promise<unknown> }> {
  const port = await freePort()
  const application = { type: 'confidential', clientId: 'x', clientSecret: new Secret('secret') } as const
  let shown: (url: string) => void = () => undefined
  const visit = new Promise<string>((resolve) => (shown = resolve))
  const ended = authorizationCode
    .run(
      {
        identity: createIdentityClient({
          server: twitch,
          http: async () => Promise.reject(new Failure('network', 'x', 'x')),
          clock: systemClock,
          userAgent: 'x',
        }),
        clock: systemClock,
        random: systemRandom,
        serve,
        openBrowser: async () => undefined,
        askForAddress: async () => new Promise(() => undefined),
        report: (event) => {
          if (event.type === 'visit') shown(event.url)
        },
        signal: new AbortController().signal,
      },
      {
        application,
        scopes: [],
        forceVerify: false,
        openBrowser: false,
        acceptPaste: false,
        callback: { redirectHost: 'localhost', port, address: '127.0.0.1' },
        timeoutMilliseconds: 30_000,
      },
      async () => undefined,
    )
    .catch((error: unknown) => error)
  return { port, state: new URL(await visit).searchParams.get('state') ?? '', ended }
}
