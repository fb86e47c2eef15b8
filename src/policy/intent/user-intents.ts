// Intents that a profile defines: words, patterns and examples of its own.
import { compilePattern, type LinearPattern } from '../../profile/linear-pattern.ts'
import type { ProfileIntent } from '../../profile/types.ts'
import type { Evidence } from '../types.ts'
import { cueOf } from './cue.ts'
import { type Cues, indexCues } from './cue-index.ts'
import { type Excerpt, excerptOf, placeInTurn } from './excerpt.ts'
import { matchCues } from './match-cues.ts'
import { hashNgrams, type Ngrams } from './ngrams.ts'
import { tokenize, type Words } from './tokenize.ts'

/** Least similarity with an example, 0 to 1: the cosine of the two sets of n-grams. */
const SIMILAR = 0.5
/** N-grams are compared in 2^14 buckets, whatever the model has. */
const BITS = 14

/** The intents of a profile, ready to be matched. */
export interface UserIntents {
  names: readonly string[]
  /** All words of all intents. */
  cues: Cues | undefined
  patterns: readonly { name: string; source: string; pattern: LinearPattern }[]
  examples: readonly { name: string; text: string; buckets: ReadonlySet<number> }[]
}

/** Compiles the intents of a profile. A pattern that is none is left out: the profile's checks report it. */
export function compileIntents(intents: readonly ProfileIntent[]): UserIntents {
  const cues = intents.flatMap(({ name, words }) => words.map((phrase) => cueOf(name, 1, phrase)))
  return {
    names: intents.map(({ name }) => name),
    cues: cues.length === 0 ? undefined : indexCues(cues),
    patterns: intents.flatMap(({ name, patterns }) => patterns.flatMap((source) => toPattern(name, source))),
    examples: intents.flatMap(({ name, examples }) => examples.map((text) => ({ name, text, buckets: setOf(text) }))),
  }
}

const compiled = new WeakMap<readonly ProfileIntent[], UserIntents>()

/** The compiled intents of a profile, made once for each; undefined when it has none. */
export function userIntentsOf(intents: readonly ProfileIntent[] | undefined): UserIntents | undefined {
  if (intents === undefined || intents.length === 0) return undefined
  const known = compiled.get(intents)
  if (known !== undefined) return known
  const made = compileIntents(intents)
  compiled.set(intents, made)
  return made
}

/**
 * What matches best: a word or a pattern counts 1, an example its similarity when that is at least 0.5. Of equals the
 * intent that comes first in the profile. Its weight is the confidence.
 */
export function matchUserIntents(intents: UserIntents, excerpt: Excerpt, words: Words): Evidence | undefined {
  let best: Evidence | undefined
  const offer = (label: string, cue: string, weight: number, start: number, end: number): void => {
    const isBetter =
      best === undefined ||
      weight > best.weight ||
      (weight === best.weight && intents.names.indexOf(label) < intents.names.indexOf(best.label))
    if (!isBetter) return
    best = { label, cue, weight, start: placeInTurn(excerpt, start), end: placeInTurn(excerpt, end) }
  }
  if (intents.cues !== undefined) {
    for (const { cue, start, end } of matchCues(words, intents.cues))
      offer(cue.label, `word ${cue.name}`, 1, start, end)
  }
  for (const { name, source, pattern } of intents.patterns) {
    const match = pattern.find(excerpt.text)
    if (match !== undefined) offer(name, `pattern ${source}`, 1, match.start, match.end)
  }
  if (intents.examples.length === 0 || best?.weight === 1) return best
  const ngrams = hashNgrams(words, BITS, excerpt)
  for (const { name, text, buckets } of intents.examples) {
    const similarity = cosine(ngrams, buckets)
    if (similarity >= SIMILAR) offer(name, `example ${text}`, similarity, 0, excerpt.text.length)
  }
  return best
}

function toPattern(name: string, source: string): UserIntents['patterns'][number][] {
  const pattern = compilePattern(source)
  return typeof pattern === 'string' ? [] : [{ name, source, pattern }]
}

function setOf(text: string): ReadonlySet<number> {
  const excerpt = excerptOf(text)
  return new Set(hashNgrams(tokenize(excerpt.text), BITS, excerpt).buckets)
}

function cosine({ buckets, count }: Ngrams, other: ReadonlySet<number>): number {
  if (count === 0 || other.size === 0) return 0
  const common = buckets.filter((bucket) => other.has(bucket)).length
  return common / Math.sqrt(count * other.size)
}
