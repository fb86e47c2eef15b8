// Reads the source tree for tests about its shape.
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { transform } from 'esbuild'

/** One static import or re-export of a source file. */
export interface Import {
  /** Importing file, e.g. `src/policy/decide.ts`. */
  from: string
  /** `src/…` for own files, else the package or module as written. */
  to: string
  typeOnly: boolean
}

export interface Source {
  /** Path below the package folder, with forward slashes. */
  path: string
  text: string
  /** Without types and comments. Names in `watched` became `WATCHED_…` where they mean the global. */
  code: string
  imports: Import[]
}

export const packageRoot: string = join(import.meta.dirname, '..', '..')

/** Reads all TypeScript files below `folder`; free uses of the `watched` globals (`Date.now`) are marked in `code`. */
export async function readSources(folder: string, watched: readonly string[]): Promise<Source[]> {
  const names = readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
  const paths = names
    .filter((name) => name.endsWith('.ts'))
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
  return Promise.all(
    paths.sort().map((path) => parseSource(path, readFileSync(join(packageRoot, path), 'utf8'), watched)),
  )
}

export async function parseSource(path: string, text: string, watched: readonly string[]): Promise<Source> {
  const define = Object.fromEntries(watched.map((name) => [name, markOf(name)]))
  const { code } = await transform(text, { loader: 'ts', format: 'esm', define, legalComments: 'none' })
  return { path, text, code, imports: importsOf(path, text) }
}

/** What a use of the global becomes in `Source.code`. */
export function markOf(name: string): string {
  return `WATCHED_${name.replaceAll('.', '_')}`
}

/** Formatted sources have their imports at the start of a line. */
function importsOf(path: string, text: string): Import[] {
  const found = text.matchAll(/^(?:import|export)\s+(type\s)?(?:[\w*{}\s,$]+?\sfrom\s+)?'([^'\n]+)'/gm)
  return Array.from(found, ([, type, to = '']) => ({ from: path, to: resolve(path, to), typeOnly: type !== undefined }))
}

function resolve(from: string, to: string): string {
  return to.startsWith('.') ? posix.join(posix.dirname(from), to) : to
}
