import { covers } from './covers.ts'
import type { Path } from './locate.ts'
import type { Mistake } from './mistake.ts'
import { mistake } from './mistake.ts'
import { listOf, recordOf, recordsIn } from './plain.ts'

const KEYS: readonly string[] = [
  'name',
  'when',
  'prefer',
  'avoid',
  'only',
  'require',
  'fallback',
  'thinking',
  'max_output',
]

/** Rules that each later one is compared with: the first of a policy. It bounds the work. */
const MOST_ABOVE = 100

/** Checks the rules of each policy against one another. */
export function lintRules(data: unknown): Mistake[] {
  return recordsIn(recordOf(data)['policies']).flatMap(([name, policy]) =>
    lintPolicyRules(['policies', name, 'rules'], listOf(policy['rules']).map(recordOf)),
  )
}

function lintPolicyRules(path: Path, rules: Record<string, unknown>[]): Mistake[] {
  const mistakes: Mistake[] = []
  const names = new Set<string>()
  const above: { name: string; when: Record<string, unknown> }[] = []
  for (const [index, rule] of rules.entries()) {
    const name = rule['name']
    if (typeof name !== 'string') continue
    const when = recordOf(rule['when'])
    const at = [...path, index]
    if (names.has(name)) {
      mistakes.push(mistake([...at, 'name'], 'value', 'SAGE1025', `there is already a rule "${name}" in this policy`))
    }
    names.add(name)
    const wider = above.find((rule) => covers(rule.when, when))
    if (wider !== undefined) {
      const why = Object.keys(wider.when).length === 0 ? 'has no condition' : 'applies whenever this one would'
      const message = `this rule never applies: rule "${wider.name}" above ${why}`
      mistakes.push({ ...mistake([...at, 'name'], 'value', 'SAGE1026', message), severity: 'warning' })
    } else if (isComplete(rule) && above.length < MOST_ABOVE) above.push({ name, when })
    const { min_tokens: least, max_tokens: most } = when
    if (typeof least === 'number' && typeof most === 'number' && least > most) {
      const message = 'this rule never applies: `min_tokens` is more than `max_tokens`'
      mistakes.push({ ...mistake([...at, 'when', 'min_tokens'], 'value', 'SAGE1026', message), severity: 'warning' })
    }
  }
  return mistakes
}

/** Whether the condition is all there: a rule with an unknown key may have more of it there. */
function isComplete(rule: Record<string, unknown>): boolean {
  if (!Object.keys(rule).every((key) => KEYS.includes(key))) return false
  const { when } = rule
  return when === undefined || (typeof when === 'object' && when !== null && !Array.isArray(when))
}
