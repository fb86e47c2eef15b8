// Whether one condition of a rule holds whenever another does, so that a rule below it can never apply.
import { matchGlob } from './glob.ts'

type When = Record<string, unknown>

/** Fields that name one value or several, any of which will do. */
const LISTS: readonly string[] = ['intent', 'errand', 'days', 'time']
/** The same with globs. */
const GLOBS: readonly string[] = ['client', 'tags']

/** True when `wide` surely holds wherever `narrow` does. Fields of an unknown kind are not judged: false. */
export function covers(wide: When, narrow: When): boolean {
  return Object.keys(wide).every(
    (field) => Object.hasOwn(narrow, field) && fieldCovers(field, wide[field], narrow[field]),
  )
}

function fieldCovers(field: string, wide: unknown, narrow: unknown): boolean {
  if (field === 'errand' && wide === true) return narrow !== false
  if (LISTS.includes(field)) return isSubset(narrow, wide, (one, other) => one === other)
  if (GLOBS.includes(field)) return isSubset(narrow, wide, (one, other) => matchGlob(String(other), String(one)))
  if (field === 'min_tokens' || field === 'min_confidence') return Number(wide) <= Number(narrow)
  if (field === 'max_tokens') return Number(wide) >= Number(narrow)
  return typeof wide === 'boolean' && wide === narrow
}

/** Every value of the narrow list is among the wide one's. A glob with wildcards of its own equals itself at most. */
function isSubset(narrow: unknown, wide: unknown, covered: (one: unknown, other: unknown) => boolean): boolean {
  const [few, many] = [[narrow].flat(), [wide].flat()] as [unknown[], unknown[]]
  return few.every((one) => many.some((other) => one === other || (!/[*?]/.test(String(one)) && covered(one, other))))
}
