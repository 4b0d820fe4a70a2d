// A lock that the kernel frees when its holder dies, and keeps while its holder sleeps.

import { Failure } from '../domain/failure.ts'
import { tryKernelLock } from './native-lock.ts'

/**
 * Takes the lock on an open file, or says that somebody else has it. It ends with the descriptor.
 *
 * @throws Failure `storage` where the file system or the machine has no such lock
 */
export function tryLock(descriptor: number): boolean {
  try {
    return tryKernelLock(descriptor)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new Failure(
      'storage',
      'no_lock',
      `Files can't be locked here${code}, so nothing can be changed safely.`,
      {
        hint: 'Keep the configuration on a local disk: --config FILE',
        cause: error,
      },
    )
  }
}
