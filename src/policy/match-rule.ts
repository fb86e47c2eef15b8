import { matchGlob } from '../profile/glob.ts'
import type { Condition, Policy, Rule } from '../profile/types.ts'
import { ownEntry } from './own-entry.ts'
import { matchesAny } from './pattern-list.ts'
import type { Facts, Intent } from './types.ts'

/** Name of the rule that holds when no other does: no preference, no constraint of its own. */
export const DEFAULT_RULE = 'default'

/** First rule of the policy whose condition holds; undefined when the default applies. */
export function matchRule(policy: Policy, facts: Facts, intent: Intent): Rule | undefined {
  return policy.rules.find((rule) => conditionHolds(rule.when, facts, intent))
}

/** Whether all given fields hold. A condition without fields always holds. */
export function conditionHolds(when: Condition, facts: Facts, intent: Intent): boolean {
  return (
    (when.intent === undefined || when.intent.includes(intent.label)) &&
    agrees(when.tools, facts.tools > 0) &&
    agrees(when.vision, facts.vision) &&
    agrees(when.json, facts.json !== 'none') &&
    agrees(when.thinking, facts.thinking === 'on') &&
    agrees(when.stream, facts.stream) &&
    (when.min_tokens === undefined || facts.inputTokens >= when.min_tokens) &&
    (when.max_tokens === undefined || facts.inputTokens <= when.max_tokens) &&
    (when.client === undefined || matchesAny(when.client, facts.client)) &&
    (when.header === undefined || headersMatch(when.header, facts.headers))
  )
}

function agrees(wanted: boolean | undefined, actual: boolean): boolean {
  return wanted === undefined || wanted === actual
}

/** A header that was not sent matches no glob, not even `*`. */
function headersMatch(wanted: Record<string, string>, sent: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([name, pattern]) => {
    const value = ownEntry(sent, name.toLowerCase())
    return value !== undefined && matchGlob(pattern, value)
  })
}
