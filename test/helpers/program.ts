import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'

const ROOT = join(import.meta.dirname, '..', '..')

/**
 * Arguments of `node` that run a module of this source tree in a process of its own: what `scripts/build-tests.ts` has
 * compiled of it when the tests run compiled, and its source with tsx otherwise.
 */
export function programArgs(source: string): string[] {
  const built = process.env['SAGE_TESTS_BUILT']
  if (built !== undefined) {
    const compiled = join(built, relative(ROOT, source)).replace(/\.m?ts$|\.mjs$/, '.js')
    if (existsSync(compiled)) return [compiled]
  }
  return ['--import', import.meta.resolve('tsx'), source]
}
