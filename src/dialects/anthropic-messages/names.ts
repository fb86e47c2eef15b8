// Identifiers as the Messages API demands them: tool ids `^[a-zA-Z0-9_-]+$`, tool names at most 128 of the same.

const MAX_NAME = 128

/** A tool id that the API accepts; unchanged when it already is one. */
export function toToolId(id: string): string {
  return id === '' ? 'toolu_0' : id.replace(/[^a-zA-Z0-9_-]/g, '_')
}

/** A tool name that the API accepts; unchanged when it already is one. */
export function toToolName(name: string): string {
  return name === '' ? 'tool' : name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, MAX_NAME)
}

/** `wanted`, or `wanted_2`, `wanted_3` … when it is taken; the result is taken afterwards. */
export function claim(wanted: string, taken: Set<string>): string {
  let free = wanted
  for (let n = 2; taken.has(free); n++) {
    const suffix = `_${n}`
    free = wanted.slice(0, MAX_NAME - suffix.length) + suffix
  }
  taken.add(free)
  return free
}
