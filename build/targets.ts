// The platforms that the standalone program is built for, and the runtime that goes into each: one version of Bun, by its npm packages and their hashes.

/** The version of Bun. Another one changes every hash below. */
export const BUN_VERSION = '1.4.5'

/** A platform. */
export interface Target {
  /** As it stands in the names of files. */
  readonly name: string
  /** The end of the npm package's name, after `@oven/bun-`. */
  readonly bun: string
  /** The hash of that package, as the registry states it. */
  readonly integrity: string
  /** The addon with its lock, where Bun has what that needs. */
  readonly addon?: string
}

/** Every platform. */
const targets: readonly Target[] = [
  {
    name: 'linux-x64',
    bun: 'linux-x64',
    integrity:
      'sha512-IWX9BELoGHAUtMonkeSaNaZwXzRk+oDw6Mk+HBFXd3KHYIBNBsIGRupMZPcgNoDbJpLu6gAJjIoIVPZtt1aJ1g==',
  },
  {
    name: 'linux-x64-baseline',
    bun: 'linux-x64-baseline',
    integrity:
      'sha512-s8yMwYcFnnrA178gji0gZbkE2WVDej/Ti1x770oPfihxyRxSMNhGhiAQNXV53aDeraZxksdvKV/RAdQBCd0qPA==',
  },
  {
    name: 'linux-x64-musl',
    bun: 'linux-x64-musl',
    integrity:
      'sha512-10QoW/YfTgnURaGEaHpJCiXjLI2e5iTtfVDaA5JKcyUzaa1cq6cVUY9/Uq5XkYzvtRjHLRe9Oj/lTDIQcxy8HQ==',
  },
  {
    name: 'linux-arm64',
    bun: 'linux-aarch64',
    integrity:
      'sha512-4BXmsSKnjOrlGWqZV4x/oWa7AVoR+B6lCXddMzOAXBIm3t50eslg9wb66gmtW1AamEQ1l1CDvmmruysEhqOWMg==',
  },
  {
    name: 'linux-arm64-musl',
    bun: 'linux-aarch64-musl',
    integrity:
      'sha512-XCNc+WvvMAdNNb+OWTogpy+N9wm62fkVeEVLb6how0RZhW5LPi6c7BlkeVCuWps7XjEl2saFpHFa20/1E+PAHg==',
  },
  {
    name: 'darwin-arm64',
    bun: 'darwin-aarch64',
    integrity:
      'sha512-4MIFXHmctH2EhAxLXm2/qxNtv17dFtLJylvaOCsrgq6KSqHTs6eW5YSrJjRbJxYUJaR901fsN8JfZOa+CsWpWQ==',
  },
  {
    name: 'darwin-x64',
    bun: 'darwin-x64',
    integrity:
      'sha512-qkLPMGHZM9NI6CeHTWwVezzmlo6cC4Ta7yUAjYIWXS366qQcOlcp75t2uZyiuVRBMPS0h9qE0tCcvCHGaFqjJg==',
  },
  {
    name: 'windows-x64',
    bun: 'windows-x64',
    integrity:
      'sha512-FNvply651vcE/GHgNWz6mZvhmkwBuu8Hw54oNzA+CQog+HW+542rXQmZqNHRkFxazD9L3xi+iTtvO3engAgJfw==',
    addon: 'node_modules/fs-native-extensions/prebuilds/win32-x64/fs-native-extensions.node',
  },
]

/** The platform of this machine, if it is one of them. */
export function hostTarget(): Target | undefined {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  return targets.find(({ name }) => name === `${system}-${process.arch}`)
}

/** The file of the program in its folder. */
export function programName({ name }: Target): string {
  return name.startsWith('windows') ? 'twitch.exe' : 'twitch'
}

/** The platforms that the words name; without a word that of this machine. @throws Error for a name that is none */
export function chosenTargets(words: readonly string[]): readonly Target[] {
  if (words.includes('all')) return targets
  if (words.length === 0) {
    const host = hostTarget()
    return host === undefined ? [] : [host]
  }
  return words.map((word) => {
    const found = targets.find(({ name }) => name === word)
    if (found === undefined)
      throw new Error(`There is no platform ${word}: ${targets.map(({ name }) => name).join(', ')}`)
    return found
  })
}
