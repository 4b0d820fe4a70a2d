// The bill of materials of a release: what is in the package and in the standalone programs, as CycloneDX. https://cyclonedx.org/docs/1.5/json/

import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import { BUN_VERSION } from './targets.ts'

interface Component {
  readonly 'bom-ref': string
}

interface Bill {
  readonly components: readonly Component[]
  readonly dependencies: readonly { readonly ref: string }[]
}

/** Made of npm's own, which also lists the tools that nothing of is shipped. @throws Error when something bundled is not in it */
export function billOfMaterials(): string {
  const all = npmSbom([])
  const installed = npmSbom(['--omit', 'dev']).components.map((component) => component['bom-ref'])
  const bundled = JSON.parse(fs.readFileSync('artifacts/bundled.json', 'utf8')) as string[]
  const shipped = new Set([...installed, ...bundled])
  const known = new Set(all.components.map((component) => component['bom-ref']))
  const missing = [...shipped].filter((name) => !known.has(name))
  if (missing.length > 0) throw new Error(`npm does not know ${missing.join(', ')}.`)
  const bun = `bun@${BUN_VERSION}`
  return `${JSON.stringify(
    {
      ...all,
      components: [
        ...all.components.filter((component) => shipped.has(component['bom-ref'])),
        {
          'bom-ref': bun,
          type: 'framework',
          name: 'bun',
          version: BUN_VERSION,
          description: 'The runtime inside the standalone programs',
          licenses: [{ license: { id: 'MIT' } }],
          purl: `pkg:npm/${bun}`,
        },
      ],
      dependencies: all.dependencies.filter(({ ref }) => shipped.has(ref)),
    },
    undefined,
    2,
  )}\n`
}

function npmSbom(words: readonly string[]): Bill {
  const output = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', ...words], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return JSON.parse(output) as Bill
}
