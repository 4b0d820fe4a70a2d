// How the package is built: one small CommonJS program whose rarer parts are chunks of their own, and ES modules for the library.

import { chmodSync, copyFileSync } from 'node:fs'
import { type Plugin, type CodeSplittingOptions, type RolldownOptions, defineConfig } from 'rolldown'
import licensePlugin, { type Dependency } from 'rollup-plugin-license'
import manifest from './package.json' with { type: 'json' }

/** The command line library can start programs for its subcommands; ours are none, and Node's part for it loads slowly. */
export const noChildProcess: Plugin = {
  name: 'no-child-process',
  resolveId: (source, importer) =>
    source === 'node:child_process' && importer?.includes('/node_modules/commander/') === true
      ? new URL('build/no-child-process.ts', import.meta.url).pathname
      : null,
}

/** Node's own parts as they are. As modules of the other kind they would be copied, property by property, at every start. */
export const plainBuiltins: Plugin = {
  name: 'plain-builtins',
  transform: {
    filter: { id: /\/src\/.*\.ts$/ },
    handler: (code) => code.replaceAll(/^import (\w+) from ('node:[\w/]+')$/gm, 'const $1 = require($2)'),
  },
}

/** The file that is started. npm makes it executable when it installs it; a rebuild after that would take it away from `npx twitch`. */
const starter: Plugin = {
  name: 'starter',
  writeBundle() {
    copyFileSync('build/twitch.cjs', 'dist/twitch.cjs')
    chmodSync('dist/twitch.cjs', 0o755)
  },
}

// The package is CommonJS, whose types speak of a default export that Node does not see.
const license = licensePlugin as unknown as typeof licensePlugin.default

/** The licences of what is bundled, each with the text that its authors want to go with it. */
const licences = license({
  thirdParty: {
    includePrivate: false,
    output: [
      {
        file: 'dist/THIRD_PARTY_LICENSES.txt',
        template: (packages) => packages.map(licenceOf).join(`\n${'-'.repeat(80)}\n\n`),
      },
      // For the bill of materials of a release.
      {
        file: 'artifacts/bundled.json',
        template: (packages) => JSON.stringify(packages.map(({ name, version }) => `${name}@${version}`)),
      },
    ],
  },
})

function licenceOf({ name, version, license: kind, licenseText, author }: Dependency): string {
  const text =
    licenseText ?? `Its package has no text of the licence. Author: ${author?.text() ?? 'not named'}`
  return `${name} ${version} (${kind})\n\n${text.trim()}\n`
}

/** What every form of the program is built with. */
export const common: RolldownOptions = {
  platform: 'node',
  external: [/^fs-native-extensions/],
  transform: { define: { __VERSION__: JSON.stringify(manifest.version) }, target: 'node20' },
  // Proxies are reached through a library that would log their passwords if DEBUG asked it to.
  resolve: { alias: { debug: new URL('build/silent-debug.ts', import.meta.url).pathname } },
}

/** What is loaded together lies together, with all that it imports: each file more that is loaded takes half a millisecond on Node. */
const chunks: CodeSplittingOptions = {
  groups: [
    {
      name: 'start',
      test: /\/src\/(bin|cli\/(command|credential-input|numbers|rows)|domain\/token|session\/login-command)\.ts$/,
    },
    { name: 'help', test: /\/src\/cli\/(help\/page|parser)\.ts$/ },
    { name: 'request', test: /\/src\/(client\/identity-client|platform\/(http|early-agent))\.ts$/ },
  ],
}

const program: RolldownOptions = {
  ...common,
  plugins: [noChildProcess, plainBuiltins, starter, licences],
  input: { program: 'src/bin.ts' },
  // The parser and the pages of help lie together, so that help is one file.
  checks: { ineffectiveDynamicImport: false },
  output: {
    dir: 'dist',
    format: 'cjs',
    minify: true,
    cleanDir: true,
    entryFileNames: '[name].cjs',
    chunkFileNames: 'chunks/[name]-[hash].cjs',
    // `import()` of a CommonJS file would load Node's whole ES module loader.
    dynamicImportInCjs: false,
    codeSplitting: chunks,
    comments: false,
  },
}

const library: RolldownOptions = {
  ...common,
  input: { index: 'src/index.ts', emulator: 'src/emulator.ts' },
  output: {
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: 'chunks/[name]-[hash].mjs',
  },
}

const options: RolldownOptions[] = defineConfig([program, library])

export default options
