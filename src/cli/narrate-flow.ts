// A login's events as sentences: the official CLI's where it has some.

import { durationWords } from '../domain/duration.ts'
import type { FlowEvent } from '../flows/user-flow.ts'
import type { Narrator } from './narrate.ts'

/** Draws an address as a QR code. */
export type DrawQr = (address: string) => string

/** Makes what a flow reports to. @param drawQr undefined where no QR code is to be shown */
export function flowNarrator(narrator: Narrator, drawQr: DrawQr | undefined): (event: FlowEvent) => void {
  return (event) => {
    switch (event.type) {
      case 'visit':
        narrator.tell(
          event.opening
            ? 'Opening browser. Press Ctrl+C to cancel...'
            : 'Open this address in a browser. Press Ctrl+C to cancel...',
        )
        return narrator.instruct(event.opening ? `If it does not open: ${event.url}` : event.url)
      case 'browser-failed':
        return narrator.instruct(
          `The browser could not be opened (${event.reason}). Open the address yourself.`,
        )
      case 'waiting':
        return narrator.stamped('Waiting for authorization response ...')
      case 'answered':
        return narrator.stamped('Closing local server ...')
      case 'redirect-mismatch':
        return narrator.warn(
          `a browser came with redirect_mismatch. Is ${event.redirectUri} the first OAuth Redirect URL of the application at https://dev.twitch.tv/console/apps? Still waiting.`,
        )
      case 'paste-refused':
        return narrator.instruct(
          'That is not the address this login waits for. It begins with the redirect URL, and has a code and a state in it.',
        )
      case 'enter-code':
        return enterCode(narrator, drawQr, event)
      case 'poll-failed':
        return narrator.warn(`${event.reason} Trying again in ${durationWords(event.waitSeconds)}.`)
    }
    return event satisfies never
  }
}

function enterCode(
  narrator: Narrator,
  drawQr: DrawQr | undefined,
  event: Extract<FlowEvent, { type: 'enter-code' }>,
): void {
  narrator.instruct('Started Device Code Flow login.')
  narrator.instruct(`Use this URL to log in: ${event.url}`)
  narrator.instruct(`Use this code when prompted at the above URL: ${event.userCode}`)
  if (drawQr !== undefined) narrator.instruct(drawQr(event.url))
  narrator.instruct('')
  narrator.instruct(
    `This system will check every ${durationWords(event.intervalSeconds)}, and will expire after ${durationWords(event.expiresInSeconds)}.`,
  )
}
