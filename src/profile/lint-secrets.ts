import { looksLikeSecret } from '../diagnostics/secret-shapes.ts'
import type { Path } from './locate.ts'
import type { Mistake } from './mistake.ts'
import { mistake } from './mistake.ts'

/** Aliases can nest deeper than the source does; nothing below is of any use. */
const DEEPEST = 256

/** Finds what looks like a key, anywhere in the profile, in names too. The message never repeats it. */
export function lintSecrets(data: unknown): Mistake[] {
  const mistakes: Mistake[] = []
  const seen = new Set<object>()
  const look = (value: unknown, path: Path): void => {
    if (typeof value === 'string' && !/^(?:env|file):/.test(value) && looksLikeSecret(value)) {
      mistakes.push({ ...mistake(path, 'value', 'SAGE1031', 'this looks like a credential'), secret: true })
    }
    if (typeof value !== 'object' || value === null || seen.has(value) || path.length > DEEPEST) return
    seen.add(value)
    for (const [key, entry] of Object.entries(value)) {
      const here = [...path, Array.isArray(value) ? Number(key) : key]
      if (looksLikeSecret(key)) {
        mistakes.push({ ...mistake(here, 'key', 'SAGE1031', 'this looks like a credential'), secret: true })
      }
      look(entry, here)
    }
  }
  look(data, [])
  return mistakes
}
