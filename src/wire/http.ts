// One request and one answer as plain data, the same on both sides of the wire.

/** A request: absolute `url`, lower-case header names, the body as text. */
export interface HttpRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** An answer: HTTP status, lower-case header names, the body decoded as UTF-8. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** What is to go wrong with it on the way, where a test wants that. */
  readonly fault?: AnswerFault
}

/** How an answer goes wrong. */
export interface AnswerFault {
  /** It comes so much later. */
  readonly delayMilliseconds?: number
  /** The connection breaks after so many bytes of the body; `nothing` breaks it before the status line. */
  readonly cutAfter?: number | 'nothing'
}
