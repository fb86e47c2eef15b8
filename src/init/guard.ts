import { SageError } from '../diagnostics/errors.ts'
import type { Change } from './write-files.ts'

/** Shorter values are no keys, and could stand anywhere. In characters. */
const SHORTEST = 8

/** Throws SAGE4012 when a file would get the value of a key that it does not have already: nothing may be written then. */
export function refuseSecrets(changes: readonly Change[], secrets: readonly string[]): void {
  const values = secrets.filter((value) => value.length >= SHORTEST)
  for (const { path, before = '', after } of changes) {
    if (!values.some((value) => after.includes(value) && !before.includes(value))) continue
    throw new SageError('SAGE4012', `${path} would hold the value of a key, so nothing is written`, {
      hint: 'look where a key stands in place of an address or a model in the imported settings',
    })
  }
}
