import { existsSync, realpathSync } from 'node:fs'
import { join, relative } from 'node:path'

const ROOT = join(import.meta.dirname, '..', '..')
const BUILT = join(ROOT, '.cache', 'test')

/**
 * Arguments of `node` that run a module of this source tree in a process of its own: what `scripts/build-tests.ts` has
 * compiled of it where this process itself was compiled so, and its source with tsx otherwise.
 */
export function programArgs(source: string): string[] {
  const [, started] = process.argv
  if (started !== undefined && existsSync(BUILT) && realpathSync(started).startsWith(realpathSync(BUILT))) {
    const compiled = join(BUILT, relative(ROOT, source)).replace(/\.m?ts$|\.mjs$/, '.js')
    if (existsSync(compiled)) return [compiled]
  }
  return ['--import', import.meta.resolve('tsx'), source]
}
