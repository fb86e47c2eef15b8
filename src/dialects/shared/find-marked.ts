import type { Span } from '../../lib/json-outline.ts'

/** Indexes of the spans, given in order, in which one of the ASCII marks occurs: one pass over the bytes for each mark. */
export function findMarked(bytes: Buffer, spans: readonly Span[], marks: readonly string[]): Set<number> {
  const found = new Set<number>()
  const end = spans.at(-1)?.end ?? 0
  const text = bytes.subarray(0, end)
  for (const mark of marks) {
    let index = 0
    let at = text.indexOf(mark, spans[0]?.start ?? 0, 'latin1')
    while (at !== -1) {
      while (index < spans.length - 1 && (spans[index]?.end ?? 0) <= at) index++
      found.add(index)
      // The rest of this span says nothing new.
      at = text.indexOf(mark, Math.max(at + 1, spans[index]?.end ?? 0), 'latin1')
    }
  }
  return found
}
