/** Characters shown on each side of what fired. */
const AROUND = 24

export interface Quote {
  before: string
  match: string
  after: string
}

/** The piece [start, end) of a text (UTF-16 units) with some context; `…` where the text goes on. */
export function quote(text: string, start: number, end: number, around: number = AROUND): Quote {
  const from = boundary(text, Math.max(0, start - around))
  const to = boundary(text, Math.min(text.length, end + around))
  return {
    before: (from > 0 ? '…' : '') + text.slice(from, start),
    match: text.slice(start, end),
    after: text.slice(end, to) + (to < text.length ? '…' : ''),
  }
}

/** Steps off the second half of a surrogate pair. */
function boundary(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at
}
