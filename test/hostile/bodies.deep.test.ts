// Answers without an end, or with far too much in them, against the built program as a process: refused in time, and not taken into memory.

import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import zlib from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { type Machine, type RunResult, createMachine, program } from '../support/program.ts'
import { hasFile } from '../support/tools.ts'
import { type RawServer, drip, flood, startRawServer } from './raw-server.ts'

const MEGABYTE = 1_000_000
const HUGE = 200 * MEGABYTE
/** In milliseconds, from the request to the end of the process. */
const PROMPT = 1_000
/** In MiB, beyond what a run takes that is refused in a line. */
const LARGEST_GROWTH = 32
/** The deadline of a request, and what it takes to end. */
const DEADLINE = [14_000, 18_000] as const

const bomb = zlib.gzipSync(Buffer.alloc(HUGE))
const plenty = Buffer.alloc(MEGABYTE, 'x')

/** The standalone program's runtime reads on around the body, and keeps nothing of it, until the deadline ends that. */
const isNode = program[0] === process.execPath
const onLinux = hasFile('/proc/self/status')

const commands = {
  token: ['token', '--client-id', 'abc', '--secret-stdin'],
  validate: ['token', '-v', '-'],
  revoke: ['token', '-r', '-', '--client-id', 'abc'],
  device: ['token', '-u', '--dcf', '--client-id', 'abc', '-s', 'chat:read'],
} as const

interface Measured extends RunResult {
  /** The most memory that the process ever had, in MiB. */
  readonly peak: number
  /** From the request to the end, in milliseconds. */
  readonly took: number
}

/** Looks at the peak, which only grows, until the process has ended. */
async function measure(
  server: RawServer,
  run: (watch: (pid: number) => void) => Promise<RunResult>,
): Promise<Measured> {
  let peak = 0
  let timer: NodeJS.Timeout | undefined
  const result = await run((pid) => {
    timer = setInterval(() => (peak = Math.max(peak, peakOf(pid))), 1)
  })
  clearInterval(timer)
  return { ...result, peak, took: performance.now() - server.askedAt }
}

function peakOf(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

async function call(
  machine: Machine,
  endpoint: keyof typeof commands,
  answer: (socket: Socket) => void,
): Promise<Measured> {
  const server = await startRawServer(answer)
  return measure(server, async (watch) =>
    machine.run([...commands[endpoint], '-q', '--auth-url', server.url], {
      input: 'canarycanarycanarycanarycanary',
      onStart: ({ pid = 0 }) => watch(pid),
    }),
  )
}

function head(lines: readonly string[]): string {
  return `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n${lines.join('\r\n')}\r\n\r\n`
}

function refuseInALine(socket: Socket): void {
  const body = '{"status":400,"message":"Invalid token"}'
  socket.end(`HTTP/1.1 400 Bad Request\r\nContent-Length: ${body.length}\r\n\r\n${body}`)
}

const tooMuch: readonly (readonly [string, (socket: Socket) => void])[] = [
  ...['gzip', 'GZIP', 'identity, gzip', 'deflate', 'br'].map(
    (encoding) =>
      [
        `200 MB in 200 KB of ${encoding}`,
        (socket: Socket) => {
          socket.write(head([`Content-Encoding: ${encoding}`, `Content-Length: ${bomb.length}`]))
          socket.end(bomb)
        },
      ] as const,
  ),
  [
    '200 MB of plain text',
    (socket) => {
      socket.write(head([`Content-Length: ${HUGE}`]))
      flood(socket, plenty, HUGE / MEGABYTE)
    },
  ],
  [
    'chunks without an end',
    (socket) => {
      socket.write(head(['Transfer-Encoding: chunked']))
      flood(socket, Buffer.concat([Buffer.from(`${MEGABYTE.toString(16)}\r\n`), plenty, Buffer.from('\r\n')]))
    },
  ],
  [
    'a body until the connection ends, which it does not',
    (socket) => {
      socket.write(head(['Connection: close']))
      flood(socket, plenty)
    },
  ],
]

/** What is not the body itself, but what holds it together. */
const tooMuchAround: readonly (readonly [string, (socket: Socket) => void])[] = [
  [
    'a chunk extension without an end',
    (socket) => {
      socket.write(`${head(['Transfer-Encoding: chunked'])}5;`)
      flood(socket, plenty)
    },
  ],
  [
    'trailers without an end',
    (socket) => {
      socket.write(`${head(['Transfer-Encoding: chunked'])}0\r\n`)
      flood(socket, 'X: y\r\n'.repeat(1_000))
    },
  ],
  [
    'a header without an end',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nX: ')
      flood(socket, plenty)
    },
  ],
  [
    'headers without an end',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      flood(socket, 'X: y\r\n'.repeat(1_000))
    },
  ],
  [
    'a flood of 103 Early Hints',
    (socket) => flood(socket, 'HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n'.repeat(100)),
  ],
  [
    'a status line without an end',
    (socket) => {
      socket.write('HTTP/1.1 200 ')
      flood(socket, plenty)
    },
  ],
]

const tooSlow: readonly (readonly [string, (socket: Socket) => void])[] = [
  [
    'a body that drips',
    (socket) => {
      socket.write(head([`Content-Length: ${HUGE}`]))
      drip(socket, 'x')
    },
  ],
  [
    'a chunked body that drips',
    (socket) => {
      socket.write(head(['Transfer-Encoding: chunked']))
      drip(socket, '1\r\nx\r\n')
    },
  ],
  ['nothing', () => undefined],
]

const tooSlowAround: typeof tooSlow = [
  [
    'a header that drips',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      drip(socket, 'X: y\r\n')
    },
  ],
]

/** Puts every answer before two endpoints, all at once. */
async function callAll(
  machine: Machine,
  answers: typeof tooSlow,
): Promise<readonly { readonly name: string; readonly run: Measured }[]> {
  return Promise.all(
    answers.flatMap(([name, answer]) =>
      (['token', 'validate'] as const).map(async (endpoint) => ({
        name,
        run: await call(machine, endpoint, answer),
      })),
    ),
  )
}

describe.runIf(onLinux)('an answer that is too much', () => {
  test('would be seen by the measure that is used here', async () => {
    const server = await startRawServer((socket) => {
      socket.write(head(['Content-Encoding: gzip', `Content-Length: ${bomb.length}`]))
      socket.write(bomb)
    })
    const careless = `fetch(${JSON.stringify(server.url)}).then((answer) => answer.arrayBuffer()).then((all) => setTimeout(() => process.stdout.write(String(all.byteLength)), 1000))`
    const { peak, stdout, stderr } = await measure(server, async (watch) =>
      createMachine().command([process.execPath, '-e', careless], { onStart: ({ pid = 0 }) => watch(pid) }),
    )
    expect(stderr).toBe('')
    expect(stdout).toBe(String(HUGE))
    expect(peak).toBeGreaterThan(200)
  })

  test.each(Object.keys(commands) as (keyof typeof commands)[])(
    'is refused within a second and 32 MiB by the request for %s',
    async (endpoint) => {
      const machine = createMachine()
      const { peak: usual, code } = await call(machine, endpoint, refuseInALine)
      expect(usual).toBeGreaterThan(10)
      expect(code).toBe(endpoint === 'revoke' ? 0 : 4)
      for (const [name, answer] of [...tooMuch, ...(isNode ? tooMuchAround : [])]) {
        const { stderr, took, peak, ...rest } = await call(machine, endpoint, answer)
        expect({ name, code: rest.code, stderr, stdout: rest.stdout }).toEqual({
          name,
          code: 7,
          stderr: expect.stringMatching(/^error: .+\nhint: .+\n$/),
          stdout: '',
        })
        expect(peak - usual).toBeLessThan(LARGEST_GROWTH)
        expect(took).toBeLessThan(PROMPT)
      }
    },
    120_000,
  )
})

describe.runIf(onLinux)('an answer that is too slow', () => {
  test('is given up after fifteen seconds, and takes no memory', async () => {
    const machine = createMachine()
    const { peak: usual } = await call(machine, 'token', refuseInALine)
    const answers = [...tooSlow, ...(isNode ? tooSlowAround : [])]
    for (const { name, run } of await callAll(machine, answers)) {
      const { code, stderr, stdout, took, peak } = run
      expect({ name, code, stderr, stdout }).toEqual({
        name,
        code: 6,
        stderr: expect.stringMatching(
          /^error: localhost:\d+ did not answer within 15 seconds\.\nhint: .+\n$/,
        ),
        stdout: '',
      })
      expect(took).toBeGreaterThan(DEADLINE[0])
      expect(took).toBeLessThan(DEADLINE[1])
      expect(peak - usual).toBeLessThan(LARGEST_GROWTH)
    }
  }, 120_000)
})

describe.runIf(onLinux && !isNode)('an answer with too much around its body', () => {
  test('is refused by the deadline at the latest, and takes no memory', async () => {
    const machine = createMachine()
    const { peak: usual } = await call(machine, 'token', refuseInALine)
    for (const { name, run } of await callAll(machine, [...tooMuchAround, ...tooSlowAround])) {
      const { code, stderr, stdout, took, peak } = run
      expect({ name, code, stderr, stdout }).toEqual({
        name,
        code: expect.toBeOneOf([6, 7]) as number,
        stderr: expect.stringMatching(/^error: .+\nhint: .+\n$/),
        stdout: '',
      })
      expect(took).toBeLessThan(DEADLINE[1])
      expect(peak - usual, name).toBeLessThan(LARGEST_GROWTH)
    }
  }, 120_000)
})
