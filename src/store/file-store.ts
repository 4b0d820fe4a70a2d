// The store that people have: one env file a profile, in the official CLI's format, with a journal of ours beside it.

import { Failure } from '../domain/failure.ts'
import type { Clock, FileText, Files, HeldFile, Repair } from '../domain/ports.ts'
import { DEFAULT_PROFILE, type Profile, emptyProfile, profileFlags } from '../domain/profile.ts'
import { openIntent, recordAttempts } from './attempts.ts'
import { changesToHold, decodeProfile } from './env-profile.ts'
import { type EnvLine, type Lookup, editEnvText, parseEnvText, valuesOf } from './env-text.ts'
import { type Journal, isBlank, journalAfter, journalFor, reconcile, writeJournal } from './journal.ts'
import { namedProfiles, profileFile } from './profile-files.ts'
import type { Attempts, ProfileStore } from './profile-store.ts'

/** What a file store is made of. */
export interface FileStoreOptions {
  readonly files: Files
  readonly clock: Clock
  /** The file of the default profile; another profile NAME is `profiles/NAME.env` beside it. */
  readonly path: string
  /** The environment, for the `$NAME` in a file that somebody else wrote. */
  readonly lookup: Lookup
  /** Told when a file or a folder was found that others could get at, and tightened. */
  readonly onRepair?: (repair: Repair) => void
  /** Told who holds the lock of a file, when the wait for it has become noticeable. */
  readonly onWait?: (holder: string) => void
}

/** A file, read. */
interface OpenedFile {
  readonly text: string
  readonly lines: readonly EnvLine[]
  readonly values: ReadonlyMap<string, string>
  /** The profile as the file alone has it. */
  readonly found: Profile
  /** The profile as it really is. */
  readonly profile: Profile
  readonly journal: Journal
}

type Change = (stored: Profile, attempts: Attempts) => Promise<Profile>

// The official CLI writes in place: a file that is read at that moment is empty, or ends in the middle of a line.
const READ_ATTEMPTS = 4
const PAUSE_BETWEEN_READS = 50

/** Makes a {@link ProfileStore} of env files. */
export function createFileStore(options: FileStoreOptions): ProfileStore {
  return new FileStore(options)
}

class FileStore implements ProfileStore {
  readonly #options: FileStoreOptions

  constructor(options: FileStoreOptions) {
    this.#options = options
  }

  async read(name: string): Promise<Profile> {
    const path = this.describe(name)
    return (await this.#open(name, async () => this.#options.files.read(path))).profile
  }

  async update(name: string, change: Change): Promise<Profile> {
    const path = this.describe(name)
    const { files, onWait } = this.#options
    return files.exclusively(
      path,
      async (file) => {
        const opened = await this.#open(name, async () => file.read())
        return this.#change(path, file, opened, change)
      },
      onWait,
    )
  }

  async unfinishedRenewal(name: string): Promise<Date | undefined> {
    const path = this.describe(name)
    const { journal, profile } = await this.#open(name, async () => this.#options.files.read(path))
    return openIntent(journal, profile)?.at
  }

  async remove(name: string): Promise<void> {
    await this.#options.files.exclusively(this.describe(name), async (file) => file.remove())
  }

  async *list(): AsyncGenerator<string> {
    const { files, path } = this.#options
    if ((await files.read(path)) !== undefined) yield DEFAULT_PROFILE
    yield* namedProfiles(files, path)
  }

  describe(name: string): string {
    return profileFile(this.#options.path, name)
  }

  async #open(name: string, read: () => Promise<FileText | undefined>): Promise<OpenedFile> {
    for (let attempt = 1; ; attempt++) {
      const file = await read()
      for (const repair of file?.repairs ?? []) this.#options.onRepair?.(repair)
      const opened = parse(file, this.#options.lookup)
      const mayBeTorn = opened instanceof Damage || file?.text === ''
      if (mayBeTorn && attempt < READ_ATTEMPTS) await this.#options.clock.sleep(PAUSE_BETWEEN_READS)
      else if (opened instanceof Damage) throw opened.failure(this.describe(name), name)
      else return opened
    }
  }

  async #change(path: string, file: HeldFile, opened: OpenedFile, change: Change): Promise<Profile> {
    const { profile } = opened
    const attempts = recordAttempts({
      journal: opened.journal,
      stored: profile,
      clock: this.#options.clock,
      reserve: async () => file.reserve(),
      keep: async (journal) => file.replaceJournal(writeJournal(journal)),
    })
    let next: Profile
    try {
      next = await change(profile, attempts)
    } catch (error) {
      if (error instanceof Failure) await attempts.fail(error).catch(() => undefined)
      throw error
    }
    if (next === profile) return profile
    await this.#write(path, file, opened, next)
    await this.#record(file, attempts.journal, journalAfter(attempts.journal, profile, next))
    return next
  }

  /** Puts the change into the file as it is now: somebody else, who takes no lock, may have written it meanwhile. */
  async #write(path: string, file: HeldFile, opened: OpenedFile, next: Profile): Promise<void> {
    const latest = parse(await file.read(), this.#options.lookup)
    const base = latest instanceof Damage ? opened : latest
    const changes = changesToHold(base.values, opened.found, next)
    if (changes.size === 0) return
    const edited = editEnvText(base.lines, changes)
    if ('unwritable' in edited) {
      throw new Failure(
        'storage',
        'value_unwritable',
        `${path} can't hold this ${edited.unwritable}: its format has no way to write it.`,
      )
    }
    await file.replace(edited.text)
  }

  /** The journal helps; that it can't be written does not undo what is stored. */
  async #record(file: HeldFile, before: Journal, after: Journal): Promise<void> {
    const text = writeJournal(after)
    if (text === writeJournal(before) || (isBlank(before) && isBlank(after))) return
    await file.replaceJournal(text).catch(() => undefined)
  }
}

/** A file that is not to be used, and the line that spoils it. */
class Damage {
  readonly #line: number
  readonly #problem: string

  constructor(line: number, problem: string) {
    this.#line = line
    this.#problem = problem
  }

  failure(path: string, profile: string): Failure {
    const message = `${path} is damaged: line ${this.#line} ${this.#problem}. It was left as it is.`
    const again = ['twitch configure', ...profileFlags(profile)].join(' ')
    const hint = `Mend line ${this.#line}, or move the file away and run: ${again}`
    return new Failure('storage', 'file_damaged', message, { hint })
  }
}

function parse(file: FileText | undefined, lookup: Lookup): OpenedFile | Damage {
  const text = file?.text ?? ''
  const parsed = parseEnvText(text, lookup)
  if (parsed.kind === 'damaged') return new Damage(parsed.line, 'is not KEY=value')
  const values = valuesOf(parsed.lines)
  const decoded =
    file === undefined ? ({ kind: 'profile', profile: emptyProfile } as const) : decodeProfile(values)
  if (decoded.kind === 'damaged') {
    const line = parsed.lines.findLastIndex(({ key }) => key?.toUpperCase() === decoded.key) + 1
    return new Damage(line, `has a value that ${decoded.key} can't have`)
  }
  const journal = journalFor(decoded.profile, file?.journal)
  const profile = reconcile(decoded.profile, journal)
  return { text, lines: parsed.lines, values, found: decoded.profile, profile, journal }
}
