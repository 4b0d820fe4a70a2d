// Texts of env files, with what the official CLI reads in them: held against our reader here, and against the official library in test/third-party.

/** What a text is about, the text, and its keys with their values; or the line that spoils it. */
export type OfficialText = readonly [what: string, text: string, expected: Record<string, string> | string]

/** The environment that the values are meant for. */
export const ENVIRONMENT: Readonly<Record<string, string>> = { HOME: '/home/someone' }

/** The fourteen quirks of the official format. */
export const officialQuirks: readonly OfficialText[] = [
  ['keys in any order, without a last newline', 'B=2\nA=1', { B: '2', A: '1' }],
  ['a # begins a comment, even inside a bare value', 'A=a#b', { A: 'a' }],
  ['$NAME stands for the environment', 'A=$HOME', { A: '/home/someone' }],
  ['${NAME} does too, and an unknown one is empty', 'A=${HOME}/${NOPE}x', { A: '/home/someone/x' }],
  ['quotes are taken off', 'A="a b"\nB=\'c d\'', { A: 'a b', B: 'c d' }],
  ['spaces around a value are trimmed', 'A=  a b  ', { A: 'a b' }],
  ['\\n is two characters in a bare value', 'A=a\\nb', { A: 'a\\nb' }],
  ['\\n is a newline between double quotes', 'A="a\\nb"', { A: 'a\nb' }],
  ['a second = belongs to the value', 'A=a=b', { A: 'a=b' }],
  ['lines may end as on Windows', 'A=1\r\nB=2\r\n', { A: '1', B: '2' }],
  ['a byte order mark is let by', '\uFEFFA=1\n', { A: '1' }],
  ['export before a key is let by', 'export A=1', { A: '1' }],
  ['the last of several lines counts', 'A=1\nA=2', { A: '2' }],
  ['one line of garbage spoils the file', 'A=1\nthis is nothing\nB=2', 'line 2'],
]

/** What else it has. */
export const furtherTexts: readonly OfficialText[] = [
  [
    'scopes in brackets',
    'TOKENSCOPES=[chat:read user:read:email]',
    { TOKENSCOPES: '[chat:read user:read:email]' },
  ],
  ['a key in lower case', 'clientid=abc', { CLIENTID: 'abc' }],
  ['an empty value', 'A=\nB=', { A: '', B: '' }],
  ['comments and blank lines', '# hello\n\n  # there\nA=1 # one', { A: '1' }],
  ['a quoted #', 'A="a#b" # comment', { A: 'a#b' }],
  ['the last quote counts', 'A="a" # "b"', { A: 'a" # "b' }],
  ['escapes between double quotes', 'A="a\\"b\\\\c\\$HOME"', { A: 'a"b\\c$HOME' }],
  ['no variables between single quotes', "A='$HOME'", { A: '$HOME' }],
  ['an escaped $', 'A=\\$HOME', { A: '$HOME' }],
  ['a variable of the file itself', 'A=1\nB=${A}2', { B: '12', A: '1' }],
  ['a colon and a space, as in YAML', 'A: 1', { A: '1' }],
  ['a lone $ and a small name', 'A=$ $home', { A: '$ $home' }],
  ['export of a name alone', 'A=1\nexport A', 'line 2'],
  ['a line without =', 'A', 'line 1'],
  ['a value that would bring a key of its own', 'A="x\\nCLIENTSECRET=evil"', 'line 1'],
  ['a line too long for the official CLI', `A=${'a'.repeat(65_536)}`, 'line 1'],
  ['a line that is too long in bytes alone', `A=${'é'.repeat(32_767)}`, 'line 1'],
  ['a line as long as it can be', `A=${'é'.repeat(32_766)}`, { A: 'é'.repeat(32_766) }],
]
