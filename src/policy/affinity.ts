import type { Scope } from './constraints.ts'
import { DEFAULT_RULE } from './match-rule.ts'
import type { Ranked } from './rank.ts'
import type { Affinity, Facts, Intent } from './types.ts'

/** A session's last target, when the request may be kept on it. */
export interface Held {
  target: string
  /** Rule that chose it. */
  rule: string
}

/** The session's target if it counts for this request. An errand neither uses nor moves it; another policy leaves it. */
export function heldTarget(
  affinity: Affinity | undefined,
  scope: Scope,
  intent: Intent,
  notes: string[],
): Held | undefined {
  if (affinity === undefined) return undefined
  const { target, policy, rule } = affinity
  if (intent.errand !== undefined) {
    notes.push(`affinity not used: ${target} stays with the session, this is an errand (${intent.errand})`)
    return undefined
  }
  if (policy === scope.policy.name) return { target, rule }
  notes.push(`affinity left: ${target}, it was chosen by policy ${policy || '(none)'}`)
  return undefined
}

/**
 * Puts the session's last target in front, so that an agent loop stays on one model and its prompt cache. Inside a tool
 * loop always; for a new human turn unless another rule clearly wants another target. A dropped target stays dropped.
 */
export function keepHeld(
  ranked: readonly Ranked[],
  held: Held | undefined,
  scope: Scope,
  facts: Facts,
  intent: Intent,
  notes: string[],
): { ranked: readonly Ranked[]; sticky: boolean } {
  if (held === undefined) return { ranked, sticky: false }
  const { target } = held
  const item = ranked.find(({ entry }) => entry.target === target)
  if (item === undefined) {
    notes.push(`affinity left: ${target}, it is not a candidate now`)
    return { ranked, sticky: false }
  }
  const verdict = facts.inToolLoop ? 'goes on with its tool loop' : judge(item, ranked[0] ?? item, held, scope, intent)
  if (typeof verdict !== 'string') {
    notes.push(`affinity left: ${target}, ${verdict.left}`)
    return { ranked, sticky: false }
  }
  notes.push(`sticky: ${target} ${verdict}`)
  return { ranked: [item, ...ranked.filter((other) => other !== item)], sticky: true }
}

/** Why the session stays for a new human turn, or why it leaves. */
function judge(item: Ranked, best: Ranked, held: Held, scope: Scope, intent: Intent): string | { left: string } {
  const rule = scope.rule?.name ?? DEFAULT_RULE
  if (held.rule === rule) return 'keeps the session'
  const { min_confidence: least } = scope.policy.affinity
  const certainty = certaintyOf(scope, intent)
  const change = `rule ${held.rule} chose it, not ${rule}`
  if (certainty < least) {
    return `keeps the session: rule ${rule} is not certain (confidence ${certainty.toFixed(2)} of ${least})`
  }
  const gain = best.score - item.score
  if (gain > 0) return { left: `${change}, which gains ${gain.toFixed(2)} points elsewhere` }
  return `keeps the session: under rule ${rule} no other scores higher, its cache counted in`
}

/** How certain the rule is: as the intent where it rests on that or on nothing at all; facts are certain. */
function certaintyOf({ rule }: Scope, intent: Intent): number {
  const when = rule?.when ?? {}
  const isFactual = when.intent === undefined && Object.keys(when).length > 0
  return isFactual ? 1 : intent.confidence
}
