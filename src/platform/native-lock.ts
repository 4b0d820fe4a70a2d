// The kernel's lock through the native part of `fs-native-extensions`: OFD locks on Linux, flock on macOS, LockFileEx on Windows.

import { createRequire } from 'node:module'

/** What is used of it, as its version in package.json exports it. */
interface NativeLock {
  tryLock(descriptor: number, offset: number, length: number, exclusive: boolean): void
}

/**
 * Takes the lock on an open file, or says that somebody else has it.
 *
 * @throws Error where there is no such lock
 */
export function tryKernelLock(descriptor: number): boolean {
  try {
    loadAddon().tryLock(descriptor, 0, 0, true)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return false
    throw error
  }
}

// The addon is required by its path: the package's own search for it costs 12 ms, this one.
function loadAddon(): NativeLock {
  const require = createRequire(import.meta.url)
  const folder = `fs-native-extensions/prebuilds/${process.platform}-${process.arch}`
  return require(`${folder}/fs-native-extensions.node`) as NativeLock
}
