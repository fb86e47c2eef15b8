// Ids of tool calls as the Messages API demands them: `^[a-zA-Z0-9_-]+$`.

/** Longest id that is made up, in characters. */
const MAX_ID = 128

/** A tool id that the API accepts; unchanged when it already is one. */
export function toToolId(id: string): string {
  return id === '' ? 'toolu_0' : id.replace(/[^a-zA-Z0-9_-]/g, '_')
}

/** `wanted`, or `wanted_2`, `wanted_3` … when it is taken; the result is taken afterwards. */
export function claim(wanted: string, taken: Set<string>): string {
  let free = wanted
  for (let n = 2; taken.has(free); n++) {
    const suffix = `_${n}`
    free = wanted.slice(0, MAX_ID - suffix.length) + suffix
  }
  taken.add(free)
  return free
}
