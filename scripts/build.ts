// Bundles src/ into dist/: one entry, and one chunk per lazily loaded part. Dependencies stay outside, all but one.
import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>
}

/**
 * Taken into the bundle, from its ES modules: every command reads YAML first, and loading the sixty CommonJS files that
 * Node would find takes a tenth of a short command's time. It stays a dependency, so that audits see it.
 */
const INSIDE = 'yaml'

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist)
copyFileSync(join(root, 'node_modules', INSIDE, 'LICENSE'), join(dist, `${INSIDE}.LICENSE`))
const built = build({
  absWorkingDir: root,
  entryPoints: ['src/cli.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  alias: { [INSIDE]: join(root, 'node_modules', INSIDE, 'browser', 'index.js') },
  external: Object.keys(dependencies).filter((name) => name !== INSIDE),
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  // Prints errors and warnings only.
  logLevel: 'warning',
})

// esbuild has printed what is wrong.
built.catch(() => (process.exitCode = 1))
