// The store that people have: one env file a profile, in the official CLI's format.

import { Failure } from '../domain/failure.ts'
import { DEFAULT_PROFILE, type Profile, emptyProfile } from '../domain/profile.ts'
import type { FileText, Files, HeldFile, Repair } from '../domain/ports.ts'
import { changesToHold, decodeProfile } from './env-profile.ts'
import { type EnvLine, type Lookup, editEnvText, parseEnvText, valuesOf } from './env-text.ts'
import type { ProfileStore } from './profile-store.ts'

/** What a file store is made of. */
export interface FileStoreOptions {
  readonly files: Files
  /** The file of the default profile; another profile NAME is `profiles/NAME.env` beside it. */
  readonly path: string
  /** The environment, for the `$NAME` in a file that somebody else wrote. */
  readonly lookup: Lookup
  /** Told when a file or a folder was found that others could get at, and tightened. */
  readonly onRepair?: (repair: Repair) => void
}

interface OpenedFile {
  readonly lines: readonly EnvLine[]
  readonly values: ReadonlyMap<string, string>
  readonly profile: Profile
}

/** Makes a {@link ProfileStore} of env files. */
export function createFileStore(options: FileStoreOptions): ProfileStore {
  const { files, path } = options
  const pathOf = (name: string): string => (name === DEFAULT_PROFILE ? path : profilePath(path, name))

  function open(at: string, file: FileText | undefined): OpenedFile {
    if (file === undefined) return { lines: [], values: new Map(), profile: emptyProfile }
    for (const repair of file.repairs) options.onRepair?.(repair)
    return parse(at, file.text, options.lookup)
  }

  return {
    async read(name) {
      const at = pathOf(name)
      return open(at, await files.read(at)).profile
    },
    async update(name, change) {
      const at = pathOf(name)
      return files.exclusively(at, async (file) => {
        const { lines, values, profile } = open(at, await file.read())
        const next = await change(profile)
        if (next === profile) return profile
        await write(at, file, lines, changesToHold(values, profile, next))
        return next
      })
    },
    describe: pathOf,
  }
}

function profilePath(path: string, name: string): string {
  const folder = path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
  return `${folder}profiles/${name}.env`
}

function parse(path: string, text: string, lookup: Lookup): OpenedFile {
  const parsed = parseEnvText(text, lookup)
  if (parsed.kind === 'damaged') throw damaged(path, parsed.line, 'is not KEY=value')
  const values = valuesOf(parsed.lines)
  const decoded = decodeProfile(values)
  if (decoded.kind === 'damaged') {
    const line = parsed.lines.findLastIndex(({ key }) => key?.toUpperCase() === decoded.key) + 1
    throw damaged(path, line, `has a value that ${decoded.key} can't have`)
  }
  return { lines: parsed.lines, values, profile: decoded.profile }
}

function damaged(path: string, line: number, problem: string): Failure {
  return new Failure(
    'storage',
    'file_damaged',
    `${path} is damaged: line ${line} ${problem}. It was left as it is.`,
    {
      hint: `Mend line ${line}, or move the file away and run: twitch configure`,
    },
  )
}

async function write(
  path: string,
  file: HeldFile,
  lines: readonly EnvLine[],
  changes: ReadonlyMap<string, string | undefined>,
): Promise<void> {
  if (changes.size === 0) return
  const edited = editEnvText(lines, changes)
  if ('unwritable' in edited) {
    throw new Failure(
      'storage',
      'value_unwritable',
      `${path} can't hold this ${edited.unwritable}: its format has no way to write it.`,
    )
  }
  await file.replace(edited.text)
}
