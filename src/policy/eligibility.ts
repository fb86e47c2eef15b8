import type { Model } from '../catalog/types.ts'
import { dropReason } from './drop-reason.ts'
import type { Group } from './plan.ts'
import { targetName } from './target-name.ts'
import type { Drop, Facts, World } from './types.ts'

/** One model on its way through a decision. */
export interface Entry {
  model: Model
  target: string
  /** Place in the catalogue: tells equal scores apart. */
  place: number
  /** Group of the plan it stands in; -1 for none. */
  group: number
  drop: Drop | undefined
  /** Asked only when all others have failed. */
  isResort: boolean
  caveats: string[]
}

const NOT_PINNED: Drop = { reason: 'not_pinned', detail: 'another target was asked for by name' }

/**
 * Puts every model into the first group whose constraints it satisfies. One that satisfies none is dropped with the
 * reason of the first group that looked at it, one that no group looks at because it is not what was asked for.
 */
export function checkEligibility(groups: readonly Group[], facts: Facts, world: World): Entry[] {
  const entries = new Map<string, Entry>()
  for (const [place, model] of world.catalog.models.entries()) {
    const target = targetName(model)
    entries.set(target, { model, target, place, group: -1, drop: NOT_PINNED, isResort: false, caveats: [] })
  }
  for (const [index, group] of groups.entries()) {
    for (const model of group.models) {
      const target = targetName(model)
      const entry = entries.get(target) ?? unlisted(model, target, entries.size)
      entries.set(target, entry)
      if (entry.drop !== undefined) judge(entry, index, group, facts)
    }
  }
  return [...entries.values()]
}

function judge(entry: Entry, index: number, group: Group, facts: Facts): void {
  const verdict = dropReason(entry.model, facts, group.constraints)
  if (verdict.drop !== undefined && entry.group !== -1) return
  entry.drop = verdict.drop
  entry.caveats = verdict.caveats
  entry.group = index
}

/** A named model of a provider that lists none: not in the catalogue, yet a candidate. */
function unlisted(model: Model, target: string, place: number): Entry {
  return { model, target, place, group: -1, drop: NOT_PINNED, isResort: false, caveats: ['not in the catalogue'] }
}
