// Looking at parts of a profile that may be malformed: what is not of the expected shape counts as empty.

export function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** Entries of a map that are maps themselves. */
export function recordsIn(value: unknown): [name: string, entry: Record<string, unknown>][] {
  return Object.entries(recordOf(value)).map(([name, entry]) => [name, recordOf(entry)])
}

/** Texts of a list, each with its index. */
export function textsIn(value: unknown): [index: number, text: string][] {
  return [...listOf(value).entries()].filter((entry): entry is [number, string] => typeof entry[1] === 'string')
}
