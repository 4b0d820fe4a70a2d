// Answers that a test has laid out in advance: the next time somebody asks X, answer Y.

import type { AnswerFault, HttpAnswer } from '../wire/http.ts'

/** An answer that is laid out: 200 and nothing in it, if nothing else is said. */
export interface ScriptedAnswer extends AnswerFault {
  readonly status?: number
  /** By default a body is said to be JSON, and nothing is said of an empty one. */
  readonly headers?: Readonly<Record<string, string>>
  /** Text as it is, or an object for JSON. */
  readonly body?: string | object
  /** Deal with the request first, as if nothing were laid out, and then send this instead of the real answer. */
  readonly afterwards?: boolean
}

/** Lays out answers, each used once, in order, per path. */
export class Script {
  readonly #queues = new Map<string, ScriptedAnswer[]>()

  /** The next request for this path under the base, such as `/token`, is answered so. */
  next(path: string, answer: ScriptedAnswer): void {
    this.#queues.set(path, [...(this.#queues.get(path) ?? []), answer])
  }

  /** Takes the next answer for a path. */
  take(path: string): ScriptedAnswer | undefined {
    return this.#queues.get(path)?.shift()
  }

  /** How many answers nobody has asked for. */
  get left(): number {
    return [...this.#queues.values()].reduce((sum, queue) => sum + queue.length, 0)
  }
}

/** The laid-out answer as it is sent. */
export function scriptedAnswer({
  status = 200,
  headers,
  body = '',
  delayMilliseconds,
  cutAfter,
}: ScriptedAnswer): HttpAnswer {
  const fault: AnswerFault = {
    ...(delayMilliseconds !== undefined && { delayMilliseconds }),
    ...(cutAfter !== undefined && { cutAfter }),
  }
  return {
    status,
    headers: headers ?? (body === '' ? {} : { 'content-type': 'application/json' }),
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(Object.keys(fault).length > 0 && { fault }),
  }
}
