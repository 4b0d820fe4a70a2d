// Writes what is made from the table of commands: the man page, and the README's table.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import manifest from '../package.json' with { type: 'json' }
import { manPage } from './man-page.ts'
import { withCommandTable } from './readme-table.ts'

const PAGE = 'man/twitch.1'

const date = new Date().toLocaleDateString('en-US', {
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  timeZone: 'UTC',
})
const { version } = manifest

mkdirSync('man', { recursive: true })
const before = readIfThere(PAGE)
const dateBefore = /^\.Dd (.+)$/m.exec(before)?.[1] ?? date
// The date is that of the last change.
if (before !== (await manPage({ version, date: dateBefore }))) {
  writeFileSync(PAGE, await manPage({ version, date }))
}

const readme = withCommandTable(readFileSync('README.md', 'utf8'))
if (readme === undefined) throw new Error('README.md has no <!-- commands --> and <!-- /commands -->')
writeFileSync('README.md', readme)

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
