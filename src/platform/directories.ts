// Where configuration is kept: the folders of the official CLI, so that either tool finds the other's file.

import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Failure } from '../domain/failure.ts'

const FILE = '.twitch-cli.env'

/**
 * The file of the default profile: in `~/.twitch-cli` if that folder is there, else in `twitch-cli` under the user's
 * configuration folder.
 *
 * @throws Failure `storage` when neither HOME nor a configuration folder is known
 */
export function defaultConfigFile(): string {
  const legacy = path.join(homeFolder() ?? '', '.twitch-cli')
  if (path.isAbsolute(legacy) && fs.existsSync(legacy)) return path.join(legacy, FILE)
  const folder = configurationFolder()
  if (folder !== undefined) return path.join(folder, 'twitch-cli', FILE)
  throw new Failure(
    'storage',
    'no_home',
    'There is no folder to keep the configuration in: neither HOME nor XDG_CONFIG_HOME is set.',
    {
      hint: 'Set one of them, or name a file with --config FILE',
    },
  )
}

function configurationFolder(): string | undefined {
  const { APPDATA, XDG_CONFIG_HOME } = process.env
  const home = homeFolder()
  if (process.platform === 'win32') return APPDATA
  if (process.platform === 'darwin') return home && path.join(home, 'Library', 'Application Support')
  if (XDG_CONFIG_HOME !== undefined && path.isAbsolute(XDG_CONFIG_HOME)) return XDG_CONFIG_HOME
  return home && path.join(home, '.config')
}

function homeFolder(): string | undefined {
  try {
    return os.homedir() || undefined
  } catch {
    return undefined
  }
}
