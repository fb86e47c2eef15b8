import type { Ranked } from './rank.ts'
import type { Affinity, Facts } from './types.ts'

/**
 * Puts the session's last target in front, so that an agent loop stays on one model and its prompt cache.
 * Inside a tool loop always; for a new human turn only while the same rule decides. A dropped target stays dropped.
 */
export function keepAffinity(
  ranked: readonly Ranked[],
  affinity: Affinity | undefined,
  current: { policy: string; rule: string },
  facts: Facts,
  notes: string[],
): { ranked: readonly Ranked[]; sticky: boolean } {
  if (affinity === undefined) return { ranked, sticky: false }
  const { target } = affinity
  const left = (why: string): { ranked: readonly Ranked[]; sticky: boolean } => {
    notes.push(`affinity left: ${target}, ${why}`)
    return { ranked, sticky: false }
  }
  if (affinity.policy !== current.policy) return left(`it was chosen by policy ${affinity.policy || '(none)'}`)
  const held = ranked.find(({ entry }) => entry.target === target)
  if (held === undefined) return left('it is not a candidate now')
  if (!facts.inToolLoop && affinity.rule !== current.rule)
    return left(`rule ${affinity.rule} chose it, not ${current.rule}`)
  notes.push(`sticky: ${target} ${facts.inToolLoop ? 'goes on with its tool loop' : 'keeps the session'}`)
  return { ranked: [held, ...ranked.filter((item) => item !== held)], sticky: true }
}
