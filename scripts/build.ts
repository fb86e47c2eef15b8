// Bundles src/ into dist/: one entry, and one chunk per lazily loaded part. Dependencies stay outside.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..')

rmSync(join(root, 'dist'), { recursive: true, force: true })
const built = build({
  absWorkingDir: root,
  entryPoints: ['src/cli.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  // Prints errors and warnings only.
  logLevel: 'warning',
})

// esbuild has printed what is wrong.
built.catch(() => (process.exitCode = 1))
