// Stands in for `node:child_process` in the command line library, which would need it for commands that are files.

/** Never called: no command of ours is a file. @throws always */
export function spawn(): never {
  throw new Error('No command of this program is a file.')
}
