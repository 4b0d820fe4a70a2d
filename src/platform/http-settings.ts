// What holds for requests, whichever way they go.

/** How long each step may take, in milliseconds, and how much an answer may hold, in bytes. */
export interface HttpLimits {
  readonly connect: number
  readonly total: number
  readonly answer: number
}

/** What holds unless a test says otherwise. */
export const LIMITS: HttpLimits = { connect: 5_000, total: 15_000, answer: 256 * 1024 }

/** Looked at here so that the code for proxies is loaded only where there is one. */
export function namesProxy(): boolean {
  return Object.keys(process.env).some((name) => /^(https?|all)_proxy$/i.test(name))
}
