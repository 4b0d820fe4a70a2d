// Real Chromium, where the machine has one.

import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { type Browser, type Page, chromium } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { hasFile } from './tools.ts'

const EXECUTABLE = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** Whether there is a Chromium to test with. */
export const hasChromium: boolean = hasFile(EXECUTABLE)

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts it. @param flags more of its own flags */
export async function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, args: [...FLAGS, ...flags] })
}

/** A page in a profile of its own, that is closed when the test is over. */
export async function openPage(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Page> {
  const context = await browser.newContext(options)
  onTestFinished(async () => context.close())
  return context.newPage()
}

/** Keeps a picture of the page, for somebody to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = path.resolve('artifacts', 'pages')
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true })
}

/** Whether anything has run, asked or complained on the page. */
export function watch(page: Page): { readonly incidents: string[] } {
  const incidents: string[] = []
  page.on('dialog', (dialog) => {
    incidents.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('pageerror', (error) => incidents.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (message.text().includes('pwned')) incidents.push(`console: ${message.text()}`)
  })
  return { incidents }
}
