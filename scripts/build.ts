// Bundles src/ into dist/: one entry, and one chunk per lazily loaded part. Most dependencies stay outside.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>
}

/**
 * Taken into the bundle: nearly every command needs them, and finding and loading their files, sixty of `yaml` alone,
 * takes a fifth of a short command's time. They stay dependencies, so that audits see them.
 */
const INSIDE = ['chalk', 'commander', 'fast-string-truncated-width', 'fast-string-width', 'fastest-levenshtein', 'yaml']

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist)
for (const name of INSIDE) copyFileSync(licenseOf(name), join(dist, `${name}.LICENSE`))
const built = build({
  absWorkingDir: root,
  entryPoints: ['src/cli.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  alias: {
    // Its ES modules, of which only what is used is taken.
    yaml: join(root, 'node_modules', 'yaml', 'browser', 'index.js'),
    // What a terminal can do is asked in output/color.ts; chalk's own way loads a tenth of Node to find out.
    '#supports-color': join(root, 'node_modules', 'chalk', 'source', 'vendor', 'supports-color', 'browser.js'),
  },
  external: Object.keys(dependencies).filter((name) => !INSIDE.includes(name)),
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  // Commander is CommonJS.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  // Prints errors and warnings only.
  logLevel: 'warning',
})

// esbuild has printed what is wrong.
built.catch(() => (process.exitCode = 1))

function licenseOf(name: string): string {
  const folder = join(root, 'node_modules', name)
  const file = readdirSync(folder).find((each) => /^licen[cs]e(?:\.md)?$/i.test(each))
  if (file === undefined) throw new Error(`${name} comes without a licence`)
  return join(folder, file)
}
