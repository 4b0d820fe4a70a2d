// What `--verbose` tells of each request: method, address, status, time. Never a body, a header or a query.

import { Failure } from '../domain/failure.ts'
import type { Clock, Http } from '../domain/ports.ts'
import type { Narrator } from './narrate.ts'

/** The same port, telling of each request. */
export function traced(http: Http, narrator: Narrator, clock: Clock): Http {
  return async (request, signal) => {
    const start = clock.monotonic()
    const { origin, pathname } = new URL(request.url)
    const tell = (outcome: string): void =>
      narrator.trace(
        `${request.method} ${origin}${pathname} -> ${outcome} in ${Math.round(clock.monotonic() - start)} ms`,
      )
    try {
      const answer = await http(request, signal)
      tell(`${answer.status}, ${answer.body.length} characters`)
      return answer
    } catch (error) {
      tell(error instanceof Failure ? error.code : 'failed')
      throw error
    }
  }
}
