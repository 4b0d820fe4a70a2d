// What kind of machine this is.

import isInsideContainer from 'is-inside-container'
import isWsl from 'is-wsl'
import type { Machine } from '../domain/ports.ts'

/** Looked at once, when this module is loaded. */
export const machine: Machine = { system: process.platform, wsl: isWsl, container: isInsideContainer() }
