// The whole world, on Node.

import path from 'node:path'
import type { Http, World } from '../domain/ports.ts'
import { hideArguments } from './arguments.ts'
import { systemClock } from './clock.ts'
import { defaultConfigFile } from './directories.ts'
import { createFiles } from './files.ts'
import type { HttpConnections } from './http.ts'
import { Interruption } from './interruption.ts'
import { version } from './package.ts'
import { systemRandom } from './random.ts'
import { createTerminal } from './terminal.ts'

/** Assembles the ports. Nothing is opened, and no signal watched, before it is needed. */
function createNodeWorld(http: Http): World {
  const interruption = new Interruption()
  const interrupted = (): AbortSignal => interruption.signal
  return {
    clock: systemClock,
    random: systemRandom,
    http,
    serve: async (handler, options) => (await import('./server.ts')).serve(handler, options),
    files: createFiles({ clock: systemClock, privateFolder: privateFolder(), signal: interrupted }),
    terminal: createTerminal(interrupted),
    environment: takeEnvironment(),
    inspectMachine: async () => (await import('./machine.ts')).machine,
    execute: async (command, environment) => (await import('./execute.ts')).execute(command, environment),
    openBrowser: async (url) => (await import('./browser.ts')).openBrowser(url),
    get interruption() {
      return interruption.signal
    },
    shield: () => interruption.shield(),
    defaultConfig: defaultConfigFile,
    version,
    hideArguments,
  }
}

/** Requests are rare enough for the code for them to be loaded by the first one; connections are kept between them. */
function connectLater(): Http {
  let opened: Promise<HttpConnections> | undefined
  return async (request, signal) => {
    opened ??= import('./http.ts').then(({ createHttp }) => createHttp())
    return (await opened).http(request, signal)
  }
}

/** Runs the program to its end, whatever still hangs on open connections then. */
export function start(
  program: (words: readonly string[], world: World) => Promise<number>,
  http: Http = connectLater(),
): void {
  // Should nothing be left to wait for before the program has ended, that is a fault, and not a success.
  process.exitCode = 1
  void program(process.argv.slice(2), createNodeWorld(http)).then((code) => process.exit(code))
}

/** The environment as it was, without the credentials in what child processes and crash reports get to see of it. */
function takeEnvironment(): Readonly<Record<string, string | undefined>> {
  const environment = { ...process.env }
  for (const name of Object.keys(environment))
    if (/^TWITCH_.*(SECRET|TOKEN)/.test(name)) delete process.env[name]
  return environment
}

function privateFolder(): string | undefined {
  try {
    return path.dirname(defaultConfigFile())
  } catch {
    return undefined
  }
}
