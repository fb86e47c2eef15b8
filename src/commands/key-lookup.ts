import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Provider } from '../providers/types.ts'
import { resolveReference } from '../secrets/resolve-reference.ts'
import type { Resolved } from '../secrets/resolve-reference.ts'
import { Secret } from '../secrets/secret.ts'
import type { Context } from './context.ts'

/** Finds what a reference of the profile (`env:NAME`, `file:path`) stands for. */
export type LookUp = (reference: string) => Resolved

/**
 * Looks references up in the environment and on the disk; paths are relative to `directory`. `onFile` hears of every file,
 * whether it can be read or not.
 */
export function createLookUp(
  home: string,
  env: Context['env'],
  directory: string,
  onFile?: (path: string) => void,
): LookUp {
  const readFile = (given: string): string => {
    const path = resolve(directory, given)
    onFile?.(path)
    return readFileSync(path, 'utf8')
  }
  return (reference) => resolveReference(reference, { env, home, readFile })
}

/** Treats every reference as if it led to a key: for explaining, never for calling. */
export function assumeKey(reference: string): Resolved {
  return { secret: new Secret('assumed', reference) }
}

/** Why a provider has no key, in words. */
export function keyProblem({ missingKey = '' }: Provider, lookUp: LookUp): string {
  return missingKey
    .split(', ')
    .flatMap((reference) => lookUp(reference).problem ?? [])
    .join('; ')
}
