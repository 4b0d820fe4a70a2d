// The kernel's lock in the standalone program on Linux and macOS: the same calls as the addon of the npm form makes, so
// that each form waits for the other. The addon itself ends Bun when the lock is held, by a part of libuv that Bun lacks.

import { type Pointer, dlopen, ptr, read } from 'bun:ffi'

/** `fcntl` of Linux: a lock that belongs to the open file. https://man7.org/linux/man-pages/man2/fcntl_locking.2.html */
const F_OFD_GETLK = 36
const F_OFD_SETLK = 37
const [F_WRLCK, F_UNLCK] = [1, 2]
/** `struct flock` on 64 bits: a short for the type, the rest zero for the whole file. */
const FLOCK_SIZE = 32

/** `flock` of macOS, and the error for a file system that has no locks. */
const LOCK_EX_NB = 2 | 4
const ENOTSUP = 45

/**
 * Takes the lock on an open file, or says that somebody else has it.
 *
 * @throws Error where there is no such lock
 */
export function tryKernelLock(descriptor: number): boolean {
  return process.platform === 'darwin' ? tryFlock(descriptor) : tryOpenFileLock(descriptor)
}

function tryOpenFileLock(descriptor: number): boolean {
  // musl takes this name for itself.
  const { symbols, close } = dlopen('libc.so.6', { fcntl: { args: ['int', 'int', 'ptr'], returns: 'int' } })
  try {
    const lock = new DataView(new ArrayBuffer(FLOCK_SIZE))
    const call = (command: number): number => {
      lock.setInt16(0, F_WRLCK, true)
      return symbols.fcntl(descriptor, command, ptr(lock))
    }
    if (call(F_OFD_SETLK) === 0) return true
    // Why not is in `errno`, which does not keep until it can be read from here; so the kernel is asked who has it.
    if (call(F_OFD_GETLK) !== 0) throw new Error('This file system has no locks.')
    return lock.getInt16(0, true) === F_UNLCK && call(F_OFD_SETLK) === 0
  } finally {
    close()
  }
}

function tryFlock(descriptor: number): boolean {
  const { symbols, close } = dlopen('libSystem.B.dylib', {
    flock: { args: ['int', 'int'], returns: 'int' },
    __error: { args: [], returns: 'ptr' },
  })
  try {
    if (symbols.flock(descriptor, LOCK_EX_NB) === 0) return true
    if (read.i32(symbols.__error() as Pointer, 0) === ENOTSUP)
      throw new Error('This file system has no locks.')
    return false
  } finally {
    close()
  }
}
