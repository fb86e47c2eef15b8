/** Deep equality of plain data. Where something stands in its file (`source`) makes no difference. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = keysOf(a)
  if (keys.length !== keysOf(b).length) return false
  return keys.every((key) => isEqual((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
}

/** Members that are set, without `source`. */
function keysOf(value: object): string[] {
  return Object.entries(value).flatMap(([key, member]) => (member === undefined || key === 'source' ? [] : [key]))
}
