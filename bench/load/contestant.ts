// What a server under load tells of itself, and what it is told.

/** The requests, by what they do. Refresh tokens are those that stay as they are. */
export type Kind = 'token' | 'validate' | 'refresh'

/** A request of one kind, in so many variations. */
export interface Shot {
  readonly kind: Kind
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly bodies: readonly string[]
}

/** What a server says when it is up. */
export interface Ready {
  readonly port: number
  readonly shots: readonly Shot[]
}

/** How much memory a process has, in bytes, after what nobody needs any more has been let go. */
export interface Memory {
  readonly resident: number
  readonly heap: number
}

/** What a server is asked for: nothing but its memory, or to issue so many tokens first. */
export interface Question {
  readonly issue: number
}

/** A form with the answers that every server wants. */
export const FORM: Readonly<Record<string, string>> = { 'content-type': 'application/x-www-form-urlencoded' }

/** Tells of the server, and answers what it is asked from then on. */
export function present(ready: Ready, issue: (count: number) => Promise<void>): void {
  async function answer(count: number): Promise<void> {
    await issue(count)
    globalThis.gc?.()
    const { rss: resident, heapUsed: heap } = process.memoryUsage()
    process.send?.({ resident, heap } satisfies Memory)
  }
  process.on('message', ({ issue: count }: Question) => void answer(count))
  process.once('disconnect', () => process.exit())
  process.send?.(ready)
}
