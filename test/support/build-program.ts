// Builds the package once, before any test: what is tested is what is there now.

import { execFileSync } from 'node:child_process'

/** Called by vitest. */
export default function buildPackage(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] })
}
