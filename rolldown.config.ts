// How the package is built: one small CommonJS program whose rarer parts are chunks of their own, and ES modules for the library.

import { type RolldownOptions, defineConfig } from 'rolldown'
import manifest from './package.json' with { type: 'json' }

const common: RolldownOptions = {
  platform: 'node',
  external: [/^fs-native-extensions/],
  transform: { define: { __VERSION__: JSON.stringify(manifest.version) }, target: 'node20' },
  // Proxies are reached through a library that would log their passwords if DEBUG asked it to.
  resolve: { alias: { debug: new URL('build/silent-debug.ts', import.meta.url).pathname } },
}

const program: RolldownOptions = {
  ...common,
  input: { twitch: 'src/bin.ts' },
  output: {
    dir: 'dist',
    format: 'cjs',
    minify: true,
    cleanDir: true,
    banner: (chunk) => (chunk.isEntry ? '#!/usr/bin/env node' : ''),
    entryFileNames: '[name].cjs',
    chunkFileNames: 'chunks/[name]-[hash].cjs',
    // `import()` of a CommonJS file would load Node's whole ES module loader.
    dynamicImportInCjs: false,
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
