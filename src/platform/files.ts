// The Files port on Node: files that hold secrets. Nothing is written in place, and nothing is trusted that another user could have written.

import fs from 'node:fs'
import path from 'node:path'
import { Failure } from '../domain/failure.ts'
import type { Clock, FileText, Files, HeldFile, Repair } from '../domain/ports.ts'
import { storageFailure } from './storage-failure.ts'

// Windows has neither O_NOFOLLOW nor O_NONBLOCK; undefined counts as no bit.
const { O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = fs.constants
const LARGEST_FILE = 1024 * 1024
const ROOM_TO_GROW = 16 * 1024

/** What the port is made of. */
export interface FilesOptions {
  readonly clock: Clock
  /** The folder that is ours alone: it, and what is under it, is kept at mode 0700. */
  readonly privateFolder?: string | undefined
  /** Ends the wait for a lock. */
  readonly signal?: () => AbortSignal
}

/** Makes the port. */
export function createFiles(options: FilesOptions): Files {
  return {
    async read(file) {
      return attempt('read', file, () => readWithJournal(resolveLink(file), options.privateFolder))
    },
    async *list(folder) {
      const opened = await openFolder(folder)
      for await (const entry of opened ?? []) yield entry.name
    },
    async exclusively(file, work, onWait) {
      const target = attempt('written', file, () => prepareFolder(resolveLink(file)))
      const { holdLock } = await import('./held-lock.ts')
      const release = await holdLock(`${target}.lock`, options.clock, options.signal?.(), onWait)
      const draft = new Draft(target)
      const journal = new Draft(journalOf(target))
      try {
        attempt('written', target, () => {
          journal.clear()
          draft.clear()
        })
        return await work(holdFile(target, draft, journal, options.privateFolder))
      } finally {
        draft.discard()
        journal.discard()
        release()
      }
    },
  }
}

function holdFile(target: string, draft: Draft, journal: Draft, privateFolder: string | undefined): HeldFile {
  return {
    async read() {
      return attempt('read', target, () => readWithJournal(target, privateFolder))
    },
    async reserve() {
      attempt('written', target, () => draft.reserve())
    },
    async replace(text) {
      attempt('written', target, () => draft.commit(text))
    },
    async replaceJournal(text) {
      attempt('written', journalOf(target), () => journal.commit(text))
    },
    async remove() {
      attempt('written', target, () => {
        fs.rmSync(target, { force: true })
        fs.rmSync(journalOf(target), { force: true })
        syncFolder(path.dirname(target))
      })
    },
  }
}

function journalOf(target: string): string {
  return `${target}.journal`
}

async function openFolder(folder: string): Promise<fs.Dir | undefined> {
  try {
    return await fs.promises.opendir(folder, { bufferSize: 512 })
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw storageFailure('read', folder, error)
  }
}

/** The new file beside the old one, until it takes the old one's place. Whoever holds the lock is the only one who has a draft. */
class Draft {
  readonly #target: string
  readonly #path: string
  #descriptor: number | undefined

  constructor(target: string) {
    this.#target = target
    this.#path = `${target}.new`
  }

  /** Takes away one that is there already: a process that died has left it, with whatever secrets it holds. */
  clear(): void {
    fs.rmSync(this.#path, { force: true })
  }

  /** Makes it as large as it may get, so that a full disk shows before anything depends on it. */
  reserve(): void {
    const descriptor = this.#open()
    const size = (fs.statSync(this.#target, { throwIfNoEntry: false })?.size ?? 0) + ROOM_TO_GROW
    writeAll(descriptor, Buffer.alloc(size))
    fs.fsyncSync(descriptor)
  }

  /** Puts it in the old one's place, for good. */
  commit(text: string): void {
    const descriptor = this.#open()
    const bytes = Buffer.from(text)
    writeAll(descriptor, bytes)
    fs.ftruncateSync(descriptor, bytes.length)
    fs.fsyncSync(descriptor)
    fs.renameSync(this.#path, this.#target)
    this.#close()
    syncFolder(path.dirname(this.#target))
  }

  /** Leaves nothing of it behind. */
  discard(): void {
    if (this.#descriptor === undefined) return
    this.#close()
    this.clear()
  }

  #open(): number {
    this.#descriptor ??= fs.openSync(this.#path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600)
    return this.#descriptor
  }

  #close(): void {
    if (this.#descriptor !== undefined) fs.closeSync(this.#descriptor)
    this.#descriptor = undefined
  }
}

/** Writes from the file's beginning; one call may write a part only. */
function writeAll(descriptor: number, bytes: Buffer): void {
  for (let offset = 0; offset < bytes.length;) {
    offset += fs.writeSync(descriptor, bytes, offset, bytes.length - offset, offset)
  }
}

function syncFolder(folder: string): void {
  // Windows has no descriptors of folders, and no need of this.
  if (process.platform === 'win32') return
  const descriptor = fs.openSync(folder, O_RDONLY)
  fs.fsyncSync(descriptor)
  fs.closeSync(descriptor)
}

function readWithJournal(target: string, privateFolder: string | undefined): FileText | undefined {
  const file = readFile(target, privateFolder)
  const journal = file && readFile(journalOf(target), undefined)
  return file && { ...file, journal: journal?.text }
}

function readFile(target: string, privateFolder: string | undefined): Omit<FileText, 'journal'> | undefined {
  let descriptor: number
  try {
    // Without O_NONBLOCK the open of a named pipe would wait for a writer.
    descriptor = fs.openSync(target, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw error
  }
  try {
    const stats = fs.fstatSync(descriptor)
    if (!stats.isFile()) throw refused('not_a_file', `${target} is not a regular file.`)
    if (stats.size > LARGEST_FILE)
      throw refused('file_too_large', `${target} is larger than 1 MiB: it is not one of ours.`)
    refuseForeign(target, stats)
    const repairs = [
      ...tighten(target, stats.mode, 0o600, (mode) => fs.fchmodSync(descriptor, mode)),
      ...tightenFolder(path.dirname(target), privateFolder),
    ]
    return { text: fs.readFileSync(descriptor, 'utf8'), repairs }
  } finally {
    fs.closeSync(descriptor)
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function tightenFolder(folder: string, privateFolder: string | undefined): readonly Repair[] {
  if (privateFolder === undefined || !`${folder}${path.sep}`.startsWith(`${privateFolder}${path.sep}`))
    return []
  return tighten(folder, fs.statSync(folder).mode, 0o700, (mode) => fs.chmodSync(folder, mode))
}

function tighten(
  file: string,
  found: number,
  wanted: number,
  change: (mode: number) => void,
): readonly Repair[] {
  const mode = found & 0o777
  if (process.platform === 'win32' || (mode & 0o077) === 0) return []
  change(mode & wanted)
  return [{ path: file, mode }]
}

/** The file that the path means: a link is followed here, and nowhere else, if it is ours. */
function resolveLink(file: string): string {
  const absolute = path.resolve(file)
  const stats = fs.lstatSync(absolute, { throwIfNoEntry: false })
  if (stats?.isSymbolicLink() !== true) return absolute
  refuseForeign(absolute, stats)
  const target = path.resolve(path.dirname(absolute), fs.readlinkSync(absolute))
  return fs.existsSync(target) ? fs.realpathSync(target) : target
}

function prepareFolder(target: string): string {
  fs.mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 })
  return target
}

/** What another user owns, that user can change; root can change everything anyway. */
function refuseForeign(file: string, { uid }: fs.Stats): void {
  const own = process.getuid?.()
  if (own === undefined || uid === own || uid === 0) return
  throw refused('foreign_owner', `${file} belongs to another user (${uid}), so what it says is not trusted.`)
}

function refused(code: string, message: string): Failure {
  return new Failure('storage', code, message)
}

function attempt<T>(doing: 'read' | 'written', file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw storageFailure(doing, file, error)
  }
}
