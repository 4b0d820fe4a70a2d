// The body of an answer: as it is, and no more of it than there can be use for.

import { Failure } from '../domain/failure.ts'

/**
 * Reads the body. When it refuses to, the caller has to let the connection go.
 *
 * @param encoding the `content-encoding` header
 * @param limit in bytes
 * @throws Failure `protocol` for one that is compressed or larger; whatever the chunks throw
 */
export async function readBody(
  chunks: AsyncIterable<Uint8Array>,
  encoding: string | null | undefined,
  limit: number,
): Promise<string> {
  if ((encoding ?? 'identity') !== 'identity') {
    throw new Failure(
      'protocol',
      'encoded_answer',
      'The answer was compressed although it was asked for as it is.',
    )
  }
  const read: Uint8Array[] = []
  let length = 0
  for await (const chunk of chunks) {
    length += chunk.length
    if (length > limit) {
      throw new Failure(
        'protocol',
        'answer_too_large',
        `The answer was larger than ${limit / 1024} KiB and was not read.`,
      )
    }
    read.push(chunk)
  }
  return Buffer.concat(read).toString('utf8')
}
