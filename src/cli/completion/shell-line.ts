// A command line as somebody is typing it, cut into words as the shell will cut it.

/** What the line holds. */
export interface ShellLine {
  /** The whole words behind the program's name, as the program would get them. */
  readonly words: readonly string[]
  /** The word at the cursor, as it is typed and as the program would get it so far. */
  readonly typed: string
  readonly current: string
}

/** How a shell spells what is not literal. */
export interface Spelling {
  readonly escape: string
  readonly lookup: (name: string) => string | undefined
}

interface Word {
  readonly typed: string
  readonly text: string
}

/** Reads the line up to the cursor. What only the shell can work out, such as `$(…)`, stays as it is typed. */
export function readShellLine(line: string, spelling: Spelling): ShellLine {
  const words: Word[] = []
  let rest = line.trimStart()
  while (rest !== '') {
    const word = firstWord(rest, spelling)
    const behind = rest.slice(word.typed.length)
    words.push(word)
    rest = behind.trimStart()
    if (rest === '' && behind !== '') words.push({ typed: '', text: '' })
  }
  const current = words.length > 1 ? words.at(-1) : undefined
  return {
    words: words.slice(1, -1).map(({ text }) => text),
    typed: current?.typed ?? '',
    current: current?.text ?? '',
  }
}

function firstWord(line: string, spelling: Spelling): Word {
  let text = ''
  let quote = ''
  let at = 0
  for (; at < line.length && (quote !== '' || !/\s/.test(line.charAt(at))); at++) {
    const char = line.charAt(at)
    if (char === spelling.escape && quote !== "'") {
      text += line.charAt(++at)
    } else if (char === quote) {
      quote = ''
    } else if (quote === '' && /["']/.test(char)) {
      quote = char
    } else {
      const known = quote === "'" ? undefined : expansion(line.slice(at), at === 0, spelling)
      text += known?.text ?? char
      at += (known?.length ?? 1) - 1
    }
  }
  return { typed: line.slice(0, at), text }
}

/** What `~/` at the beginning of a word, or a variable, stands for. */
function expansion(
  line: string,
  isStart: boolean,
  { lookup }: Spelling,
): { readonly text: string; readonly length: number } | undefined {
  const home = lookup('HOME') ?? lookup('USERPROFILE')
  if (isStart && /^~[/\\]/.test(line) && home !== undefined) return { text: home, length: 1 }
  const [whole, name = '', braced = ''] = /^\$(?:(\w+)|\{(\w+)\})/.exec(line) ?? []
  const value = whole === undefined ? undefined : lookup(name || braced)
  return value === undefined ? undefined : { text: value, length: whole?.length ?? 0 }
}
