import type { Entry } from './eligibility.ts'
import { ownEntry } from './own-entry.ts'
import type { Group } from './plan.ts'
import { scoreOf } from './score/index.ts'
import { seededHash } from './seeded-hash.ts'
import type { Facts, ScoreTerm, World } from './types.ts'

export interface Ranked {
  entry: Entry
  score: number
  terms: ScoreTerm[]
}

/**
 * Orders the kept entries of one group, best first: by score, equal scores by profile order or by the seed.
 * Targets named by the user have no score: they keep the order they were named in.
 */
export function rankGroup(entries: readonly Entry[], group: Group, facts: Facts, world: World): Ranked[] {
  const { policy, rule } = group.constraints
  if (policy === undefined) return entries.map((entry) => ({ entry, score: 0, terms: [] }))
  const ranked = entries.map((entry): Ranked => {
    const { model, target } = entry
    const health = ownEntry(world.health.targets, target)
    const { score, terms } = scoreOf({ model, target, rule, facts, health, now: world.now }, policy.weights)
    return { entry, score, terms }
  })
  const tieOf = ({ entry }: Ranked): number => (policy.ties === 'spread' ? seededHash(world.seed, entry.target) : 0)
  return ranked.sort((a, b) => b.score - a.score || tieOf(a) - tieOf(b) || a.entry.place - b.entry.place)
}

/** The best of each provider first, then the second of each, and so on: the next attempt goes somewhere else. */
export function spreadProviders(ranked: readonly Ranked[]): Ranked[] {
  const taken = new Map<string, number>()
  const rounds: Ranked[][] = []
  for (const item of ranked) {
    const { provider } = item.entry.model
    const round = taken.get(provider) ?? 0
    taken.set(provider, round + 1)
    const list = rounds[round] ?? []
    list.push(item)
    rounds[round] = list
  }
  return rounds.flat()
}
