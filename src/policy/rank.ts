import { recentLatency, slowOnes } from '../health/latency.ts'
import type { HealthSnapshot, TargetHealth } from '../health/types.ts'
import type { Entry } from './eligibility.ts'
import { ownEntry } from './own-entry.ts'
import type { Group } from './plan.ts'
import { scoreOf } from './score/index.ts'
import { seededHash } from './seeded-hash.ts'
import type { Facts, ScoreTerm } from './types.ts'

export interface Ranked {
  entry: Entry
  score: number
  terms: ScoreTerm[]
}

/** What an order depends on besides the group. */
export interface RankInputs {
  facts: Facts
  health: HealthSnapshot
  now: number
  seed: number
  /** Target that the session is on, when that counts. */
  held: string | undefined
}

/**
 * Orders the kept entries of one group, best first: by score, equal scores by profile order or by the seed.
 * Targets named by the user have no score: they keep the order they were named in.
 */
export function rankGroup(entries: readonly Entry[], group: Group, inputs: RankInputs): Ranked[] {
  if (group.ranking === undefined) return entries.map((entry) => ({ entry, score: 0, terms: [] }))
  const { policy, rule } = group.ranking
  const { facts, health, now, held, seed } = inputs
  const healths = entries.map(({ target }) => ownEntry(health.targets, target))
  const fastestMs = fastest(healths, now)
  const slow = slowOnes(healths, now)
  const ranked = entries.map((entry, at): Ranked => {
    const { model, target } = entry
    const known = healths[at]
    const { score, terms } = scoreOf(
      { model, target, rule, facts, health: known, fastestMs, isSlow: slow.has(at), held, now },
      policy.weights,
    )
    return { entry, score, terms }
  })
  ranked.sort((a, b) => b.score - a.score || a.entry.place - b.entry.place)
  return policy.ties === 'spread' ? spreadTies(ranked, policy.tie_margin, seed) : ranked
}

function fastest(healths: readonly (TargetHealth | undefined)[], now: number): number | undefined {
  let least: number | undefined
  for (const health of healths) {
    const latency = recentLatency(health, now)
    if (latency !== undefined && (least === undefined || latency < least)) least = latency
  }
  return least
}

/** Shuffles runs of scores that lie within the margin of the first of them, by the seed. */
function spreadTies(ranked: readonly Ranked[], margin: number, seed: number): Ranked[] {
  const runs: Ranked[][] = []
  for (const item of ranked) {
    const run = runs.at(-1)
    const best = run?.[0]
    if (run === undefined || best === undefined || item.score < best.score - margin) runs.push([item])
    else run.push(item)
  }
  return runs.flatMap((run) => shuffle(run, seed))
}

function shuffle(run: Ranked[], seed: number): Ranked[] {
  if (run.length === 1) return run
  return run
    .map((item) => ({ item, hash: seededHash(seed, item.entry.target) }))
    .sort((a, b) => a.hash - b.hash || a.item.entry.place - b.item.entry.place)
    .map(({ item }) => item)
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
