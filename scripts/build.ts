// Bundles src/ into dist/: one entry, and one chunk per lazily loaded part. Most dependencies stay outside.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { BuildOptions, Metafile, Plugin } from 'esbuild'

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
const options: BuildOptions = {
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
  // Less to read at every start. Names stay, for traces.
  minifySyntax: true,
  minifyWhitespace: true,
  // Commander is CommonJS.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  metafile: true,
  // Prints errors and warnings only.
  logLevel: 'warning',
}

/** Chunks below this size are put together, in bytes: to find and load one takes as long as to compile 10 KB. */
const SMALL = 4000
/** What Node has loaded when a command begins. */
const LOADED = new Set(['node:fs', 'node:module', 'node:path'])

// The first build tells which parts there are and which chunks are small, the second one writes.
const built = build({ ...options, write: false }).then(({ metafile = { inputs: {}, outputs: {} } }) =>
  build({ ...options, plugins: [together(metafile)] }),
)

// esbuild has printed what is wrong.
built.catch(() => (process.exitCode = 1))

/** Has every part that is loaded for itself import what is small: then all parts need it, and it is one chunk. */
function together({ outputs }: Metafile): Plugin {
  const parts = new Set(Object.values(outputs).map(({ entryPoint }) => entryPoint && join(root, entryPoint)))
  const files = smallOnes(outputs).map((file) => join(root, file))
  return {
    name: 'together',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        if (!parts.has(path)) return undefined
        const imports = files.map((file) => `import ${JSON.stringify(file)}`)
        return { contents: [readFileSync(path, 'utf8'), ...imports].join('\n'), loader: 'ts' }
      })
    },
  }
}

/** Sources of small chunks that load nothing but each other and what Node has loaded itself. */
function smallOnes(outputs: Metafile['outputs']): string[] {
  const small = new Map(Object.entries(outputs).filter(([, { bytes, entryPoint }]) => bytes < SMALL && !entryPoint))
  for (let before = Infinity; before > small.size;) {
    before = small.size
    for (const [name, { imports }] of small) {
      const isLight = imports.every(
        ({ kind, path }) => kind === 'dynamic-import' || LOADED.has(path) || small.has(path),
      )
      if (!isLight) small.delete(name)
    }
  }
  return [...small.values()].flatMap(({ inputs }) => Object.keys(inputs))
}

function licenseOf(name: string): string {
  const folder = join(root, 'node_modules', name)
  const file = readdirSync(folder).find((each) => /^licen[cs]e(?:\.md)?$/i.test(each))
  if (file === undefined) throw new Error(`${name} comes without a licence`)
  return join(folder, file)
}
