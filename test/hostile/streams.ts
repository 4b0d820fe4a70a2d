// What a hostile client writes on a connection: requests with something wrong in them, several at once, and bytes that are none.

import net from 'node:net'
import type { Dice } from './dice.ts'

/** A target of requests. */
export interface Target {
  readonly port: number
  /** Paths with queries that mean something there. */
  readonly paths: readonly [string, ...string[]]
}

const METHODS = [
  'GET',
  'POST',
  'HEAD',
  'OPTIONS',
  'PUT',
  'TRACE',
  'CONNECT',
  'PRI',
  'get',
  'G\u0000T',
  '',
] as const
const VERSIONS = [
  'HTTP/1.1',
  'HTTP/1.0',
  'HTTP/0.9',
  'HTTP/2.0',
  'HTTP/9.9',
  'http/1.1',
  'HTTX/1.1',
  '',
] as const
const ENDINGS = ['\r\n', '\r\n', '\r\n', '\n', '\r', '\r\n\r\n', ' \r\n', '\u0000\r\n'] as const

const HEADERS: readonly [string, ...string[]] = [
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: identity, chunked',
  'Transfer-Encoding:\u000bchunked',
  'Transfer-Encoding: xchunked',
  'Transfer-Encoding : chunked',
  ' Transfer-Encoding: chunked',
  'Content-Length: 5',
  'Content-Length: 6',
  'Content-Length: +5',
  'Content-Length: -1',
  'Content-Length: 5, 5',
  'Content-Length: 99999999999999999999',
  'Content-Length: 0x5',
  'Expect: 100-continue',
  'Expect: the worst',
  'Upgrade: h2c',
  'Connection: Upgrade',
  'Connection: keep-alive',
  'Connection: close, keep-alive, Host',
  'Content-Type: application/x-www-form-urlencoded',
  'Content-Type: multipart/form-data; boundary=x',
  'Content-Type: multipart/form-data; boundary=',
  'Authorization: OAuth x',
  'Cookie: a=b; a=c; =; __proto__=x',
  'Host: evil.example',
  'host:',
  'Referer: http://evil.example/\u0000',
  'Sec-Fetch-Dest: image',
  'Purpose: prefetch',
  '__proto__: x',
  'constructor: x',
  'X-Fold: a\r\n b',
  ': nothing',
  'nothing',
  'X: \u0080\u00ff',
]

const BODIES: readonly [string, ...string[]] = [
  '',
  'a=b&a=c&%zz=%',
  '5\r\nhello\r\n0\r\n\r\n',
  '5;ext="\n"\r\nhello\r\n0\r\n\r\n',
  'ffffffffffffffff\r\nx',
  '-1\r\nx\r\n',
  '5\r\nhel',
  '0\r\n\r\nGET / HTTP/1.1\r\nHost: evil.example\r\n\r\n',
  '--x\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\nv\r\n--x--\r\n',
  'grant_type=client_credentials&client_id=x&client_secret=%00',
  '\u0000'.repeat(50),
]

/** A whole conversation: what is written, piece by piece, and how it ends. */
export interface Stream {
  readonly pieces: readonly Buffer[]
  readonly ending: 'half-closed' | 'closed' | 'reset'
}

/** Makes one. */
export function throwStream(dice: Dice, target: Target): Stream {
  const count = dice.oneIn(4) ? 1 + dice.below(5) : 1
  let bytes = Buffer.concat(Array.from({ length: count }, () => message(dice, target)))
  for (let flips = dice.oneIn(6) ? dice.below(4) : 0; flips > 0 && bytes.length > 0; flips--)
    bytes[dice.below(bytes.length)] = dice.below(256)
  if (dice.oneIn(8)) bytes = bytes.subarray(0, dice.below(bytes.length + 1))
  const cut = dice.below(bytes.length + 1)
  return {
    pieces: dice.oneIn(3) ? [bytes.subarray(0, cut), bytes.subarray(cut)] : [bytes],
    ending: dice.one(['half-closed', 'half-closed', 'half-closed', 'closed', 'reset']),
  }
}

function message(dice: Dice, target: Target): Buffer {
  return dice.oneIn(2) ? wellFramed(dice, target) : malformed(dice, target)
}

/** What gets through the reader of HTTP, to whatever reads the path and the form. */
function wellFramed(dice: Dice, target: Target): Buffer {
  const method = dice.one(['GET', 'POST', 'POST', 'HEAD', 'PUT', 'DELETE'])
  const form = dice.oneIn(3) ? dice.bytes(dice.below(200)).toString('latin1') : dice.one(BODIES)
  const body = method === 'GET' ? '' : dice.oneIn(2) ? (target.paths[0].split('?')[1] ?? '') : form
  const type = dice.one([
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'multipart/form-data',
    '',
  ])
  const framing = dice.oneIn(3)
    ? `Transfer-Encoding: chunked\r\n\r\n${body === '' ? '' : `${body.length.toString(16)}\r\n${body}\r\n`}0\r\n\r\n`
    : `Content-Length: ${body.length}\r\n\r\n${body}`
  const odd = dice.one([
    'Accept: */*',
    'Authorization: OAuth x',
    'Cookie: a=b; =; __proto__=x',
    'Purpose: prefetch',
    '__proto__: x',
  ])
  return Buffer.from(
    `${method} ${pathOf(dice, target)} HTTP/1.1\r\nHost: localhost:${target.port}\r\nContent-Type: ${type}\r\n${odd}\r\n${framing}`,
    'latin1',
  )
}

function malformed(dice: Dice, target: Target): Buffer {
  if (dice.oneIn(5)) return dice.bytes(dice.below(300))
  if (dice.oneIn(20))
    return Buffer.from(
      dice.one([
        '\u0016\u0003\u0001\u0002\u0000',
        'SSH-2.0-x\r\n',
        'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
        'GET /\r\n',
        '\r\n\r\n\r\n',
        'PROXY TCP4 1 2 3 4\r\n',
      ]),
      'latin1',
    )
  const method = dice.oneIn(2) ? dice.one(['GET', 'POST']) : dice.one(METHODS)
  const ending = dice.oneIn(8) ? dice.one(ENDINGS) : '\r\n'
  const lines = [
    [method, pathOf(dice, target), dice.oneIn(4) ? dice.one(VERSIONS) : 'HTTP/1.1'].join(
      dice.oneIn(30) ? '\t' : ' ',
    ),
    ...(dice.oneIn(10)
      ? []
      : [
          `Host: ${dice.oneIn(6) ? dice.one(['evil.example', '', 'localhost', `localhost:${target.port}:1`, '[::1', 'a@b']) : `localhost:${target.port}`}`,
        ]),
    ...Array.from({ length: dice.below(5) }, () => dice.one(HEADERS)),
    ...(dice.oneIn(40) ? [`X: ${'x'.repeat(dice.below(40_000))}`] : []),
    ...(dice.oneIn(60) ? Array.from({ length: 3_000 }, (_, index) => `X${index}: y`) : []),
  ]
  return Buffer.from(`${lines.join(ending)}${ending}${ending}${dice.one(BODIES)}`, 'latin1')
}

function pathOf(dice: Dice, { paths, port }: Target): string {
  const known = dice.one(paths)
  switch (dice.below(8)) {
    case 0:
      return dice.one([
        '*',
        '//evil.example/',
        '/%zz',
        '/..;/',
        `http://localhost:${port}/`,
        'http://',
        'http://[',
        'evil.example:443',
        '/\\evil',
        '?',
        '#',
        '/\u0000',
        '/\u00e9\u00ff',
        'javascript:x',
        `/${'x'.repeat(20_000)}`,
      ])
    case 1:
      return `http://evil.example${known}`
    case 2:
      return `${known}&${dice
        .bytes(dice.below(60))
        .toString('latin1')
        .replaceAll(/[\s\u0000]/g, '%')}`
    case 3:
      return known.replaceAll('=', dice.one(['==', '[]=', '%3D', '=%00', '=%0d%0aX:y', '']))
    default:
      return known
  }
}

/** How a conversation went. */
export interface Conversation {
  /** Status codes of the answers, in order. */
  readonly statuses: readonly number[]
  /** Whether the server was the one that did not end it within the time. */
  readonly hung: boolean
}

/** Has it with a server. */
export async function converse(
  port: number,
  { pieces, ending }: Stream,
  patience: number,
): Promise<Conversation> {
  return new Promise((resolve) => {
    let heard = ''
    const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    const timer = setTimeout(() => {
      socket.destroy()
      settle(true)
    }, patience)
    const settle = (hung: boolean): void => {
      clearTimeout(timer)
      const statuses = [...heard.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))
      resolve({ statuses, hung })
    }
    socket.on('error', () => undefined)
    socket.on('data', (data: Buffer) => (heard += data.toString('latin1')))
    socket.on('end', () => socket.end())
    socket.on('close', () => settle(false))
    socket.on('connect', () => {
      for (const piece of pieces) socket.write(piece)
      if (ending === 'half-closed') socket.end()
      else setImmediate(() => (ending === 'reset' ? socket.resetAndDestroy() : socket.destroy()))
    })
  })
}
