import { distance } from 'fastest-levenshtein'

/** Longer words, and more of them, are not compared: suggestions must not cost more than the mistake. */
const LONGEST = 128
const MOST = 1000

/**
 * The candidate that was probably meant: at most three edits away and more than 0.4 alike, letters in any case.
 * undefined when none is near.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > LONGEST) return undefined
  const wanted = word.toLowerCase()
  let best: string | undefined
  let least = 4
  let seen = 0
  for (const candidate of candidates) {
    if (++seen > MOST) break
    if (candidate === word || Math.abs(candidate.length - word.length) > 3) continue
    const edits = distance(wanted, candidate.toLowerCase())
    const alike = 1 - edits / Math.max(word.length, candidate.length)
    if (edits < least && alike > 0.4) {
      best = candidate
      least = edits
    }
  }
  return best
}

/** `did you mean "x"?` for the nearest candidate. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const near = nearest(word, candidates)
  return near === undefined ? undefined : `did you mean "${near}"?`
}
