import { isDeepStrictEqual } from 'node:util'
import { isRecord } from '../../lib/is-record.ts'

/** The member that tells entries of a list apart; undefined when the entry has none. */
export function identityOf(entry: unknown): string | undefined {
  if (!isRecord(entry)) return undefined
  const id = entry['id'] ?? entry['name']
  return typeof id === 'string' ? id : undefined
}

/** Data with `wanted` put into it: objects member by member, lists entry by entry, anything else replaced. */
export function mergeData(old: unknown, wanted: unknown): unknown {
  if (isRecord(old) && isRecord(wanted)) {
    const merged = Object.entries(wanted).map(([key, value]) => [
      key,
      Object.hasOwn(old, key) ? mergeData(old[key], value) : value,
    ])
    return { ...old, ...Object.fromEntries(merged) }
  }
  if (Array.isArray(old) && Array.isArray(wanted) && isList(wanted)) {
    const kept: unknown[] = old.map((entry: unknown) => {
      const same = wanted.find((each) => identityOf(each) === identityOf(entry))
      return same === undefined ? entry : mergeData(entry, same)
    })
    const known = new Set(old.map(identityOf))
    return [...kept, ...wanted.filter((each) => !known.has(identityOf(each)))]
  }
  return wanted
}

/** A list whose entries have names: it can be added to. Any other list is one value. */
export function isList(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => identityOf(each) !== undefined)
}

export { isDeepStrictEqual as isSameData }
