import { compileGlob } from '../profile/glob.ts'

type Matcher = (text: string) => boolean

// Lists of a profile never change, so each is compiled once. A memo, not a state: results do not depend on it.
const compiled = new WeakMap<readonly string[], Matcher[]>()

/** Place of the first glob that matches the text, or -1. */
export function firstMatch(patterns: readonly string[], text: string): number {
  if (patterns.length === 0) return -1
  let matchers = compiled.get(patterns)
  if (matchers === undefined) {
    matchers = patterns.map(compileGlob)
    compiled.set(patterns, matchers)
  }
  return matchers.findIndex((matches) => matches(text))
}

/** Whether any glob of the list matches the text. */
export function matchesAny(patterns: readonly string[], text: string): boolean {
  return firstMatch(patterns, text) !== -1
}
