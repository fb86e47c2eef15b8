import { matchGlob } from '../profile/glob.ts'
import type { Condition, Errand, Policy, Profile, Rule } from '../profile/types.ts'
import { isWithin, type Moment, momentOf } from './moment.ts'
import { ownEntry } from './own-entry.ts'
import { matchesAny } from './pattern-list.ts'
import type { Facts, Intent, World } from './types.ts'

/** Name of the rule that holds when no other does: no preference, no constraint of its own. */
export const DEFAULT_RULE = 'default'

/** The time for conditions that ask for it; undefined when nobody knows. */
export type Clock = () => Moment | undefined

const NO_CLOCK: Clock = () => undefined

/** The clock of the world in the zone of the profile, or else that of the machine. */
export function clockOf(
  { time_zone }: Pick<Profile, 'time_zone'>,
  { wall, zone }: Pick<World, 'wall' | 'zone'>,
): Clock {
  return () => (wall === undefined ? undefined : momentOf(wall, time_zone ?? zone ?? 'UTC'))
}

/** First rule of the policy whose condition holds; undefined when the default applies. */
export function matchRule(policy: Policy, facts: Facts, intent: Intent, clock: Clock = NO_CLOCK): Rule | undefined {
  return policy.rules.find((rule) => conditionHolds(rule.when, facts, intent, clock))
}

/** Whether all given fields hold. A condition without fields always holds; one on an unknown time never does. */
export function conditionHolds(when: Condition, facts: Facts, intent: Intent, clock: Clock = NO_CLOCK): boolean {
  return (
    (when.intent === undefined || when.intent.includes(intent.label)) &&
    (when.min_confidence === undefined || intent.confidence >= when.min_confidence) &&
    (when.errand === undefined || errandMatches(when.errand, intent.errand)) &&
    agrees(when.tools, facts.tools > 0) &&
    agrees(when.tool_loop, facts.inToolLoop) &&
    agrees(when.vision, facts.vision) &&
    agrees(when.documents, facts.documents) &&
    agrees(when.json, facts.json !== 'none') &&
    agrees(when.thinking, facts.thinking === 'on') &&
    agrees(when.stream, facts.stream) &&
    (when.min_tokens === undefined || facts.inputTokens >= when.min_tokens) &&
    (when.max_tokens === undefined || facts.inputTokens <= when.max_tokens) &&
    (when.client === undefined || matchesAny(when.client, facts.client)) &&
    (when.header === undefined || headersMatch(when.header, facts.headers)) &&
    (when.tags === undefined || tagsMatch(when.tags, facts.tags ?? [])) &&
    timeMatches(when, clock)
  )
}

function agrees(wanted: boolean | undefined, actual: boolean): boolean {
  return wanted === undefined || wanted === actual
}

function errandMatches(wanted: boolean | Errand[], actual: Errand | undefined): boolean {
  if (typeof wanted === 'boolean') return wanted === (actual !== undefined)
  return actual !== undefined && wanted.includes(actual)
}

/** A header that was not sent matches no glob, not even `*`. */
function headersMatch(wanted: Record<string, string>, sent: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([name, pattern]) => {
    const value = ownEntry(sent, name.toLowerCase())
    return value !== undefined && matchGlob(pattern, value)
  })
}

function tagsMatch(wanted: readonly string[], sent: readonly string[]): boolean {
  return sent.some((tag) => matchesAny(wanted, tag))
}

function timeMatches({ time, days }: Condition, clock: Clock): boolean {
  if (time === undefined && days === undefined) return true
  const moment = clock()
  if (moment === undefined) return false
  const { day, minute } = moment
  return (
    (days === undefined || days.includes(day)) && (time === undefined || time.some((range) => isWithin(range, minute)))
  )
}
