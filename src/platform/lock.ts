// A lock that the kernel frees when its holder dies, and keeps while its holder sleeps: OFD locks on Linux, flock on macOS, LockFileEx on Windows.

import { createRequire } from 'node:module'
import { Failure } from '../domain/failure.ts'

/** The native part of `fs-native-extensions`, as its version in package.json exports it. */
interface NativeLock {
  tryLock(descriptor: number, offset: number, length: number, exclusive: boolean): void
}

/**
 * Takes the lock on an open file, or says that somebody else has it. It ends with the descriptor.
 *
 * @throws Failure `storage` where the file system or the machine has no such lock
 */
export function tryLock(descriptor: number): boolean {
  try {
    loadNativeLock().tryLock(descriptor, 0, 0, true)
    return true
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EAGAIN') return false
    throw new Failure(
      'storage',
      'no_lock',
      `Files can't be locked here (${String(code)}), so nothing can be changed safely.`,
      {
        hint: 'Keep the configuration on a local disk: --config FILE',
        cause: error,
      },
    )
  }
}

// The addon is required by its path: the package's own search for it costs 12 ms, this one.
function loadNativeLock(): NativeLock {
  const require = createRequire(import.meta.url)
  const addon: unknown = require(
    `fs-native-extensions/prebuilds/${process.platform}-${process.arch}/fs-native-extensions.node`,
  )
  return addon as NativeLock
}
