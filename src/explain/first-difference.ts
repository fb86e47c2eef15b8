import { isRecord } from '../lib/is-record.ts'

export interface Difference {
  /** Where, as `chain[1]` or `error.code`; '' for the whole. */
  path: string
  /** undefined when it is not there. */
  logged: unknown
  replayed: unknown
}

/** The first place at which two JSON values differ, in the order of the first one's keys; undefined when they are equal. */
export function firstDifference(logged: unknown, replayed: unknown, path = ''): Difference | undefined {
  if (Array.isArray(logged) && Array.isArray(replayed)) {
    const length = Math.max(logged.length, replayed.length)
    return firstOf(
      Array.from({ length }, (_, at) => at),
      (at) => firstDifference(logged[at], replayed[at], `${path}[${at}]`),
    )
  }
  if (isRecord(logged) && isRecord(replayed) && !Array.isArray(logged) && !Array.isArray(replayed)) {
    return firstOf([...new Set([...Object.keys(logged), ...Object.keys(replayed)])], (key) =>
      firstDifference(logged[key], replayed[key], path === '' ? key : `${path}.${key}`),
    )
  }
  return Object.is(logged, replayed) ? undefined : { path, logged, replayed }
}

function firstOf<T>(items: readonly T[], look: (item: T) => Difference | undefined): Difference | undefined {
  for (const item of items) {
    const found = look(item)
    if (found !== undefined) return found
  }
  return undefined
}
