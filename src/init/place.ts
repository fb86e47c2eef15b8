import { lstatSync, realpathSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'

/**
 * Where a write to the path would end up, all links followed: undefined when that is outside of the roots (folders that
 * may be written to), or cannot be told.
 */
export function realPlace(path: string, roots: readonly string[]): string | undefined {
  const real = resolveLinks(path)
  if (real === undefined) return undefined
  return roots.some((root) => isInside(real, resolveLinks(root))) ? real : undefined
}

function resolveLinks(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    // A link that leads nowhere exists all the same.
    if (isThere(path) || dirname(path) === path) return undefined
    const folder = resolveLinks(dirname(path))
    return folder === undefined ? undefined : join(folder, basename(path))
  }
}

function isThere(path: string): boolean {
  try {
    lstatSync(path)
    return true
  } catch {
    return false
  }
}

function isInside(path: string, root: string | undefined): boolean {
  if (root === undefined) return false
  const way = relative(root, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
