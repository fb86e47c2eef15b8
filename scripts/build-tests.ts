// Compiles the tests, and what they test, to .cache/test: a test file starts in a quarter of the time that tsx takes.
// Code is told the places it has in the source tree, for it finds its fixtures by them.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import type { OutputFile, Plugin } from 'esbuild'

const root = join(import.meta.dirname, '..')
const out = join(root, '.cache', 'test')
const tests = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .map((name) => join(root, 'test', name))
  .filter((file) => file.endsWith('.test.ts'))
/** What is run as a process of its own. */
const programs = [
  'test/run.ts',
  'test/run-files.ts',
  'test/lab/run.ts',
  'test/lab/worker.ts',
  'test/helpers/*-forever.mjs',
]
/** Makes a test file whose process ends before its tests have ended fail. */
const guard = join(root, 'test', 'guard.ts')
/** Gives chance the seed that was asked for. */
const seed = join(root, 'test', 'helpers', 'seed.ts')

const places: Plugin = {
  name: 'places',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
      // On the same line, so that the lines stay what they are.
      const head = path.endsWith('.test.ts') ? [guard, ...(text.includes("from 'fast-check'") ? [seed] : [])] : []
      return { loader: 'ts', contents: head.map((file) => `import ${JSON.stringify(file)};`).join('') + text }
    })
  },
}

// The command line is a bundle of its own, of a few files: a case has it start with few file descriptors.
const outputFiles = [...(await compile([...tests, ...programs])), ...(await compile(['src/cli.ts']))]

// Only what has changed is touched, so that another run of the same sources is not disturbed.
const wanted = new Map(outputFiles.map(({ path, contents }) => [path, contents]))
mkdirSync(out, { recursive: true })
for (const name of readdirSync(out, { recursive: true, encoding: 'utf8' })) {
  const path = join(out, name)
  if (/\.(js|map)$/.test(name) && !wanted.has(path)) rmSync(path)
}
for (const [path, contents] of wanted) {
  if (existsSync(path) && readFileSync(path).equals(contents)) continue
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, contents)
}

async function compile(entryPoints: string[]): Promise<OutputFile[]> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints,
    outbase: root,
    outdir: out,
    write: false,
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    sourcemap: true,
    sourcesContent: false,
    plugins: [places],
    logLevel: 'warning',
  })
  return outputFiles
}
