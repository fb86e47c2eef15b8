import { isGlob, matchGlob } from '../profile/glob.ts'
import type { Condition, Policy } from '../profile/types.ts'

/** Why a rule can never decide, whatever the request is. */
export interface Dead {
  /** Rules above it that take all of its requests; empty when no request fits its own condition. */
  by: string[]
}

/** Conditions on yes-or-no facts. */
const FLAGS = ['tools', 'tool_loop', 'vision', 'documents', 'json', 'thinking', 'stream'] as const
/** Stands for every label that no rule names. */
const OTHER_LABEL = '\u0000other'
/** So many kinds of requests are gone through for one policy; beyond that nothing is proved. */
const MOST_POINTS = 200_000

/** One kind of request: a value of everything that rules ask in this policy. */
interface Point {
  flags: Partial<Record<(typeof FLAGS)[number], boolean>>
  intent: string
  tokens: number
}

/**
 * Rules of the policy that can never decide, by name: every kind of request that fits them is taken by a rule above, or
 * there is none. Only what is certain is told: conditions on clients, headers, tags and times count as holding
 * together only when the one above asks for the same or less.
 */
export function findDeadRules(policy: Policy): Map<string, Dead> {
  const points = pointsOf(policy.rules.map(({ when }) => when))
  const dead = new Map<string, Dead>()
  if (points === undefined) return dead
  for (const [index, rule] of policy.rules.entries()) {
    const above = policy.rules.slice(0, index).filter((other) => isOpenWider(other.when, rule.when))
    const own = points.filter((point) => fits(rule.when, point))
    const takers = own.map((point) => above.find((other) => fits(other.when, point))?.name)
    if (takers.every((name) => name !== undefined)) dead.set(rule.name, { by: [...new Set(takers)] })
  }
  return dead
}

/** All kinds of requests that the conditions can tell apart; undefined when there are too many. */
function pointsOf(conditions: readonly Condition[]): Point[] | undefined {
  const flags = FLAGS.filter((flag) => conditions.some((when) => when[flag] !== undefined))
  const labels = [...new Set(conditions.flatMap(({ intent = [] }) => intent)), OTHER_LABEL]
  const bounds = conditions.flatMap(({ min_tokens: least = 0, max_tokens: most }) => {
    return most === undefined ? [least] : [least, most, most + 1]
  })
  const tokens = [...new Set([0, ...bounds])]
  if (2 ** flags.length * labels.length * tokens.length * conditions.length > MOST_POINTS) return undefined
  let points: Point[] = labels.flatMap((intent) => tokens.map((count) => ({ flags: {}, intent, tokens: count })))
  for (const flag of flags) {
    points = points.flatMap((point) => [true, false].map((on) => ({ ...point, flags: { ...point.flags, [flag]: on } })))
  }
  return points
}

function fits(when: Condition, { flags, intent, tokens }: Point): boolean {
  return (
    (when.intent === undefined || when.intent.includes(intent)) &&
    FLAGS.every((flag) => when[flag] === undefined || when[flag] === flags[flag]) &&
    tokens >= (when.min_tokens ?? 0) &&
    tokens <= (when.max_tokens ?? Infinity)
  )
}

type Key = keyof Condition

/** Conditions that `fits` looks at. */
const FINITE: ReadonlySet<string> = new Set<Key>([...FLAGS, 'intent', 'min_tokens', 'max_tokens'])

/** Whether all that the first asks besides what a point has is asked by the second too. */
function isOpenWider(above: Condition, below: Condition): boolean {
  return (Object.keys(above) as Key[]).every((key) => {
    if (FINITE.has(key) || above[key] === undefined) return true
    if (key === 'min_confidence') return (above.min_confidence ?? 0) <= (below.min_confidence ?? 0)
    if (key === 'client' || key === 'tags') return areCovered(below[key], above[key])
    if (key === 'header') return headersCover(above.header ?? {}, below.header ?? {})
    if (key === 'errand' && above.errand === true) return below.errand !== undefined && below.errand !== false
    return areAmong(below[key], above[key])
  })
}

/** Whether all that the one condition takes is taken by the other: a value or a list of which any will do. */
function areAmong(own: unknown, wanted: unknown): boolean {
  const known = new Set([wanted].flat().map((one) => JSON.stringify(one)))
  return own !== undefined && [own].flat().every((one) => known.has(JSON.stringify(one)))
}

function headersCover(above: Record<string, string>, below: Record<string, string>): boolean {
  return Object.entries(above).every(([name, glob]) => {
    const own = below[name]
    return own !== undefined && isCovered(own, glob)
  })
}

function areCovered(globs: readonly string[] | undefined, by: readonly string[] | undefined): boolean {
  return globs !== undefined && globs.every((glob) => (by ?? []).some((other) => isCovered(glob, other)))
}

/** Whether whatever matches the one glob surely matches the other. */
function isCovered(glob: string, by: string): boolean {
  if (glob.toLowerCase() === by.toLowerCase() || /^\*+$/.test(by)) return true
  return !isGlob(glob) && matchGlob(by, glob)
}
