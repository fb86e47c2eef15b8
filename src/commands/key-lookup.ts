import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Provider } from '../providers/types.ts'
import { resolveReference } from '../secrets/resolve-reference.ts'
import type { Resolved } from '../secrets/resolve-reference.ts'
import { Secret } from '../secrets/secret.ts'
import type { Context } from './context.ts'

/** Finds what a reference of the profile (`env:NAME`, `file:path`) stands for. */
export type LookUp = (reference: string) => Resolved

export interface LookUpOptions {
  /** Hears of every file that is asked for, whether it can be read or not. */
  onFile?: (path: string) => void
  /** Secrets by reference that are known already. */
  before?: ReadonlyMap<string, Secret>
}

/** Looks references up in the environment and on the disk; paths are relative to `directory`. */
export function createLookUp(
  home: string,
  env: Context['env'],
  directory: string,
  { onFile, before }: LookUpOptions = {},
): LookUp {
  return (reference) => {
    let isSpent = false
    const readFile = (given: string): string => {
      const path = resolve(directory, given)
      onFile?.(path)
      // A pipe is read once; to read it again would wait for a writer that has left.
      isSpent = before?.has(reference) === true && statSync(path).isFIFO()
      return isSpent ? '' : readFileSync(path, 'utf8')
    }
    const found = resolveReference(reference, { env, home, readFile })
    const known = isSpent ? before?.get(reference) : undefined
    return known === undefined ? found : { secret: known }
  }
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
