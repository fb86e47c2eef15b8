import { compileGlob } from '../profile/glob.ts'

interface Compiled {
  matchers: ((text: string) => boolean)[]
  /** Answers given before: the same few targets come again with every request. */
  known: Map<string, number>
}

/** Answers remembered for each list; beyond that they are forgotten, all at once. */
const MOST_KNOWN = 1000

// Lists of a profile never change, so each is compiled once. A memo, not a state: results do not depend on it.
const compiled = new WeakMap<readonly string[], Compiled>()

/** Place of the first glob that matches the text, or -1. */
export function firstMatch(patterns: readonly string[], text: string): number {
  if (patterns.length === 0) return -1
  const { matchers, known } = compile(patterns)
  const before = known.get(text)
  if (before !== undefined) return before
  const place = matchers.findIndex((matches) => matches(text))
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(text, place)
  return place
}

/** Whether any glob of the list matches the text. */
export function matchesAny(patterns: readonly string[], text: string): boolean {
  return firstMatch(patterns, text) !== -1
}

function compile(patterns: readonly string[]): Compiled {
  const before = compiled.get(patterns)
  if (before !== undefined) return before
  const made = { matchers: patterns.map(compileGlob), known: new Map<string, number>() }
  compiled.set(patterns, made)
  return made
}
