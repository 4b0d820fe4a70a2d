// What the file system says, in words for a person.

import { Failure } from '../domain/failure.ts'

const REASONS: Readonly<Record<string, readonly [code: string, words: string]>> = {
  ENOSPC: ['disk_full', 'the disk is full'],
  EDQUOT: ['disk_full', 'the disk quota is used up'],
  EROFS: ['read_only', 'the file system is read-only'],
  EACCES: ['no_permission', 'this user has no permission'],
  EPERM: ['no_permission', 'this user has no permission'],
  ENOTDIR: ['not_a_folder', 'a part of the path is not a folder'],
  EISDIR: ['not_a_file', 'it is a folder'],
  ELOOP: ['link_refused', 'it is a link where none may be'],
  ENXIO: ['not_a_file', 'it is not a regular file'],
  EMFILE: ['too_many_files', 'too many files are open'],
  ENFILE: ['too_many_files', 'too many files are open'],
  ENAMETOOLONG: ['path_too_long', 'the path is too long'],
  EIO: ['disk_fault', 'the disk reported an error'],
}

/** The failure for an error of the file system; a failure passes through as it is. */
export function storageFailure(doing: 'read' | 'written', path: string, error: unknown): Failure {
  if (error instanceof Failure) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const [name, words] = REASONS[code] ?? ['storage_fault', code === '' ? 'the reason is not known' : code]
  return new Failure('storage', name, `${path} can't be ${doing}: ${words}.`, { cause: error })
}
