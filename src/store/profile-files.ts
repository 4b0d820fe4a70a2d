// Where profiles lie: the default one where it was said, the others in a folder beside it, each in a file of its name.

import type { Files } from '../domain/ports.ts'
import { DEFAULT_PROFILE, isProfileName } from '../domain/profile.ts'

/** The file of a profile. @param path the file of the default profile */
export function profileFile(path: string, name: string): string {
  return name === DEFAULT_PROFILE ? path : `${profilesFolder(path)}/${name}.env`
}

/** The names of the profiles but for the default one, in no order, as they are found. No file is read. */
export async function* namedProfiles(files: Files, path: string): AsyncGenerator<string> {
  for await (const entry of files.list(profilesFolder(path))) {
    const name = entry.replace(/\.env$/, '')
    if (name !== entry && isProfileName(name)) yield name
  }
}

function profilesFolder(path: string): string {
  return `${path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)}profiles`
}
