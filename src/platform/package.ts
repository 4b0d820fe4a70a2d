// What a library needs to know of the process and the package that it is in.

declare const __VERSION__: string

/** This package's version. */
export const version: string = __VERSION__

/** The variables of this process, as they are now. */
export function currentEnvironment(): Readonly<Record<string, string | undefined>> {
  return process.env
}
