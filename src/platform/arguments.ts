// The process's arguments, which the system shows to every user of the machine.

import fs from 'node:fs'

/** Takes the arguments out of the list of processes. */
export function hideArguments(): void {
  process.title = 'twitch'
  if (process.versions['bun'] !== undefined && process.platform === 'linux') overwriteArguments('twitch')
}

/** In Bun the title is a variable like any other, so the memory that the kernel shows is written over. */
function overwriteArguments(name: string): void {
  try {
    const stat = fs.readFileSync('/proc/self/stat', 'utf8')
    // proc_pid_stat(5): fields 48 and 49; the first two, of which the second may hold anything, end with a bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [start, end] = [Number(fields[45]), Number(fields[46])]
    const bytes = Buffer.alloc(end - start)
    bytes.write(name)
    const memory = fs.openSync('/proc/self/mem', 'r+')
    fs.writeSync(memory, bytes, 0, bytes.length, start)
    fs.closeSync(memory)
  } catch {
    // Where /proc is not to be had, nobody can read the arguments there either.
  }
}
