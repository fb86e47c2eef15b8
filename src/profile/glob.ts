// Globs of the profile: `*` is any run of characters (also none, also `/`), `?` is exactly one UTF-16 unit.
// No regular expressions: a profile must not be able to make a match slow.

/** Whether the whole text matches the glob, letters in any case. */
export function matchGlob(pattern: string, text: string): boolean {
  return compileGlob(pattern)(text)
}

/** Compiles a glob for repeated use. Matching takes the pieces between stars from left to right and never goes back. */
export function compileGlob(pattern: string): (text: string) => boolean {
  const pieces = pattern.toLowerCase().split(/\*+/)
  const first = pieces[0] ?? ''
  if (pieces.length === 1) return (text) => text.length === first.length && isAt(first, text.toLowerCase(), 0)
  const last = pieces[pieces.length - 1] ?? ''
  const middle = pieces.slice(1, -1)
  return (given) => {
    const text = given.toLowerCase()
    const end = text.length - last.length
    if (first.length > end || !isAt(first, text, 0) || !isAt(last, text, end)) return false
    let position = first.length
    for (const piece of middle) {
      const found = find(piece, text, position, end)
      if (found === -1) return false
      position = found + piece.length
    }
    return true
  }
}

/** Whether the pattern has a star or a question mark. */
export function isGlob(pattern: string): boolean {
  return /[*?]/.test(pattern)
}

function isAt(piece: string, text: string, position: number): boolean {
  for (let index = 0; index < piece.length; index++) {
    if (piece[index] !== '?' && piece[index] !== text[position + index]) return false
  }
  return true
}

/** Leftmost place of the piece in text[from, end). */
function find(piece: string, text: string, from: number, end: number): number {
  if (!piece.includes('?')) {
    const found = text.indexOf(piece, from)
    return found + piece.length > end ? -1 : found
  }
  for (let position = from; position + piece.length <= end; position++) {
    if (isAt(piece, text, position)) return position
  }
  return -1
}
