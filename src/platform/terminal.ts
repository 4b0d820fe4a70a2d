// The terminal port on Node. Output goes through `writeSync`: `process.stdout` costs 3 ms, and loses what a full disk refuses.

import fs from 'node:fs'
import os from 'node:os'
import { Failure } from '../domain/failure.ts'
import type { Question, Terminal } from '../domain/ports.ts'
import { storageFailure } from './storage-failure.ts'

const INPUT = 0
const OUTPUT = 1
const ERRORS = 2
/** The bits of an open file that say for what it is open. */
const ACCESS_MODE = 3
const LARGEST_INPUT = 64 * 1024

/** Makes the port. @param interruption asked for when something is waited for: it ends the wait */
export function createTerminal(interruption: () => AbortSignal): Terminal {
  return {
    out(text) {
      try {
        writeAll(OUTPUT, text)
      } catch (error) {
        // Whoever read this has gone away, as `head` does, and wants no more.
        if (errorCode(error) !== 'EPIPE') throw storageFailure('written', 'Standard output', error)
      }
    },
    err(text) {
      try {
        writeAll(ERRORS, text)
      } catch {
        // There is nowhere left to say it.
      }
    },
    get discarded() {
      return isDiscarded(OUTPUT)
    },
    get visible() {
      return isTerminal(ERRORS)
    },
    get interactive() {
      return isTerminal(INPUT) && isTerminal(ERRORS)
    },
    get color() {
      return showsColors(ERRORS)
    },
    get colorOut() {
      return showsColors(OUTPUT)
    },
    get columns() {
      const columns = isTerminal(OUTPUT) ? process.stdout.columns : Number(process.env['COLUMNS'])
      return columns > 0 ? columns : 80
    },
    ask: async (question, signal) =>
      ask(question, signal === undefined ? interruption() : AbortSignal.any([interruption(), signal])),
    readInput: async () => readInput(interruption()),
  }
}

function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text)
  let written = 0
  while (written < bytes.length) {
    try {
      written += fs.writeSync(descriptor, bytes, written)
    } catch (error) {
      if (errorCode(error) !== 'EAGAIN') throw error
      // A pipe that is full and does not block: let the reader have a moment.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
    }
  }
}

// `node:tty` loads the network and streams, and only a character device other than /dev/null can be a terminal.
function isTerminal(descriptor: number): boolean {
  try {
    const device = fs.fstatSync(descriptor)
    if (!device.isCharacterDevice() || device.rdev === fs.statSync(os.devNull).rdev) return false
  } catch {
    return false
  }
  return [process.stdin, process.stdout, process.stderr][descriptor]?.isTTY === true
}

function showsColors(descriptor: number): boolean {
  const { NO_COLOR, TERM } = process.env
  return (NO_COLOR ?? '') === '' && TERM !== 'dumb' && isTerminal(descriptor)
}

/**
 * Node opens /dev/null, for reading and writing, in the place of a stream that was closed, where it would be read from
 * and written to in vain. A shell's `> /dev/null` is open for writing only. Only Linux shows which it is.
 */
function isDiscarded(descriptor: number): boolean {
  try {
    if (fs.readlinkSync(`/proc/self/fd/${descriptor}`) !== '/dev/null') return false
    const flags = /^flags:\s*([0-7]+)/m.exec(fs.readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8'))?.[1]
    return flags !== undefined && (Number.parseInt(flags, 8) & ACCESS_MODE) === fs.constants.O_RDWR
  } catch {
    return false
  }
}

async function ask({ message, masked = false, check }: Question, signal: AbortSignal): Promise<string> {
  const { isCancel, password, text } = await import('@clack/prompts')
  const answer = await (masked ? password : text)({
    message,
    input: process.stdin,
    output: process.stderr,
    signal,
    validate: (typed) => check?.(typed ?? ''),
  })
  if (!isCancel(answer)) return answer
  signal.throwIfAborted()
  throw new Failure('interrupted', 'sigint', 'Interrupted at the prompt.')
}

async function readInput(signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  const stop = (): void => void process.stdin.destroy(signal.reason as Error)
  signal.addEventListener('abort', stop, { once: true })
  try {
    for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
      length += chunk.length
      if (length > LARGEST_INPUT)
        throw new Failure('usage', 'input_too_large', 'Standard input holds more than 64 KiB.')
      chunks.push(chunk)
    }
  } finally {
    signal.removeEventListener('abort', stop)
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '')
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
