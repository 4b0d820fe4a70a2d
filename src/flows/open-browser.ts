// Opening the browser is a courtesy: where it fails, the login goes on with the address that was shown.

import type { FlowContext } from './user-flow.ts'

/** Opens the address, or tells that it could not be opened. */
export async function tryToOpen({ openBrowser, report }: FlowContext, url: string): Promise<void> {
  try {
    await openBrowser(url)
  } catch (error) {
    report({
      type: 'browser-failed',
      reason: error instanceof Error ? error.message : 'for a reason that is not known',
    })
  }
}
