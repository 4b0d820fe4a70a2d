// Where the user's browser is: here, or where this terminal is only a window to.

import type { Machine, World } from '../../../domain/ports.ts'

/**
 * Why a browser that is opened here would not be seen, in words; undefined when it would be. BROWSER is believed: whoever
 * sets it, as remote editors do, knows how to reach the user.
 */
export function browserElsewhere(
  environment: World['environment'],
  { system, wsl, container }: Machine,
): string | undefined {
  const has = (name: string): boolean => (environment[name] ?? '') !== ''
  if (has('BROWSER')) return undefined
  if (has('SSH_CONNECTION') || has('SSH_TTY') || has('SSH_CLIENT')) return 'this is an SSH session'
  if (container) return 'this is a container'
  if (system === 'linux' && !wsl && !has('DISPLAY') && !has('WAYLAND_DISPLAY')) return 'there is no display'
  return undefined
}
