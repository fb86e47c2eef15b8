/** Follows JSON text as it comes in and tells when its object is complete, each character looked at once. */
export interface JsonProgress {
  push(text: string): void
  /** True when an object was opened and closed again. */
  complete(): boolean
}

export function createJsonProgress(): JsonProgress {
  let depth = 0
  let inString = false
  let escaped = false
  let complete = false
  const step = (char: string): void => {
    if (escaped) escaped = false
    else if (inString) {
      if (char === '\\') escaped = true
      else if (char === '"') inString = false
    } else if (char === '"') inString = true
    else if (char === '{' || char === '[') depth++
    else if (char === '}' || char === ']') complete = --depth <= 0
  }
  return {
    push(text) {
      for (let at = 0; at < text.length && !complete; at++) step(text.charAt(at))
    },
    complete: () => complete,
  }
}
