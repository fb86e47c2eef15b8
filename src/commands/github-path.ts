import { isAbsolute, relative, resolve } from 'node:path'
import type { Context } from './context.ts'

/**
 * Paths as GitHub takes them in annotations: relative to the repository. A step may run in another folder, and would else
 * have its annotations shown nowhere.
 */
export function githubPath({ cwd, env }: Pick<Context, 'cwd' | 'env'>): (file: string) => string {
  const root = env['GITHUB_WORKSPACE'] ?? ''
  return (file) => {
    const path = root === '' ? file : relative(root, resolve(cwd, file))
    return isAbsolute(path) || path.startsWith('..') ? file : path.replaceAll('\\', '/')
  }
}
