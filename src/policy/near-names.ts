import { distance } from 'fastest-levenshtein'
import type { Catalog } from '../catalog/types.ts'
import { targetOf } from '../catalog/types.ts'
import type { Profile } from '../profile/types.ts'

const MOST = 5
/** Longer names are cut before they are compared: the work must not grow with what a client sends. */
const LONGEST = 128

/** A name to suggest, and the spellings it answers to. */
interface Known {
  name: string
  spellings: string[]
}

/** Names close to an unknown one, best first, at most five. Policies alone when it starts like a policy's name. */
export function nearNames(profile: Profile, catalog: Catalog, asked: string): string[] {
  const policies = profile.policies.map(({ name }) => ({ name: `sage/${name}`, spellings: [`sage/${name}`, name] }))
  const isPolicyName = asked.startsWith('sage/') && !asked.slice(5).includes('/')
  if (isPolicyName) return nearest(asked, policies)
  const targets = catalog.models.map((model) => ({
    name: targetOf(model),
    spellings: [targetOf(model), model.id],
  }))
  return nearest(asked, [...targets, ...policies])
}

/** Those of the targets that are close to the asked name, best first, then the others in the order given. */
export function nearestFirst(asked: string, targets: readonly string[]): string[] {
  const word = shorten(asked)
  return targets
    .map((name) => ({ name, off: distance(word, shorten(name)) }))
    .sort((a, b) => a.off - b.off)
    .slice(0, MOST)
    .map(({ name }) => name)
}

function nearest(asked: string, known: Known[]): string[] {
  const whole = shorten(asked)
  const tail = whole.slice(whole.indexOf('/') + 1)
  const scored = known.flatMap(({ name, spellings }) => {
    const off = Math.min(...spellings.map((spelling) => spread(whole, tail, shorten(spelling))))
    return off <= 0.5 ? [{ name, off }] : []
  })
  scored.sort((a, b) => a.off - b.off)
  return [...new Set(scored.map(({ name }) => name))].slice(0, MOST)
}

/** 0 for equal, 1 for nothing in common: edits by length. A name inside the other counts as rather close. */
function spread(whole: string, tail: string, spelling: string): number {
  const edits = Math.min(relative(whole, spelling), relative(tail, spelling))
  const inside = tail.length >= 3 && (spelling.includes(tail) || (spelling.length >= 3 && tail.includes(spelling)))
  return inside ? Math.min(edits, 0.4) : edits
}

function relative(a: string, b: string): number {
  return distance(a, b) / Math.max(a.length, b.length, 1)
}

function shorten(name: string): string {
  return name.slice(0, LONGEST).toLowerCase()
}
