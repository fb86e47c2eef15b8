import { createRequire } from 'node:module'
import type * as Re2 from 're2js'

/** A regular expression whose time is linear in the text, whatever the expression. */
export interface LinearPattern {
  /** The first match, characters [start, end); undefined when there is none. */
  find(text: string): { start: number; end: number } | undefined
}

let library: typeof Re2 | undefined

/** Loads the library at the first pattern: it takes longer to load than the rest of a profile. */
function load(): typeof Re2 {
  return (library ??= createRequire(import.meta.url)('re2js') as typeof Re2)
}

/**
 * Compiles a pattern in the syntax of RE2 (https://github.com/google/re2/wiki/Syntax): no look-around, no back
 * references; `(?i)` in front for any case. Gives what is wrong as a text when it is no such pattern.
 */
export function compilePattern(source: string): LinearPattern | string {
  const { RE2JS, RE2JSException } = load()
  try {
    const pattern = RE2JS.compile(source)
    return {
      find(text) {
        const matcher = pattern.matcher(text)
        return matcher.find() ? { start: matcher.start(), end: matcher.end() } : undefined
      },
    }
  } catch (error) {
    if (error instanceof RE2JSException) return error.message.replace(/^error parsing regexp: /, '')
    throw error
  }
}
