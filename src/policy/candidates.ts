import type { Entry } from './eligibility.ts'
import type { Group } from './plan.ts'
import type { Ranked } from './rank.ts'
import type { Candidate, Target } from './types.ts'

/** The chain of attempts, best first. */
export function toChain(ranked: readonly Ranked[]): Target[] {
  return ranked.map(({ entry }) => ({ provider: entry.model.provider, model: entry.model.id }))
}

/** Every model with its fate: the kept ones in order of rank, then the dropped ones in profile order. */
export function toCandidates(
  ranked: readonly Ranked[],
  entries: readonly Entry[],
  groups: readonly Group[],
): Candidate[] {
  const kept = ranked.map(({ entry, score, terms }) => toCandidate(entry, groups, score, terms))
  const dropped = entries.filter(({ drop }) => drop !== undefined).map((entry) => toCandidate(entry, groups, 0, []))
  return [...kept, ...dropped]
}

function toCandidate(entry: Entry, groups: readonly Group[], score: number, terms: Candidate['terms']): Candidate {
  const { model, drop, caveats } = entry
  const candidate: Candidate = { provider: model.provider, model: model.id, kept: drop === undefined, score, terms }
  if (drop !== undefined) candidate.reason = drop.reason
  const detail = drop?.detail ?? caveats.join('; ')
  if (detail !== '') candidate.detail = detail
  const via = groups[entry.group]?.via
  if (via !== undefined) candidate.via = via
  return candidate
}
