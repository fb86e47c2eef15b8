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

/** Checks the rules of each policy against one another. */
export function lintRules(data: unknown): Mistake[] {
  return recordsIn(recordOf(data)['policies']).flatMap(([name, policy]) =>
    lintPolicyRules(['policies', name, 'rules'], listOf(policy['rules']).map(recordOf)),
  )
}

function lintPolicyRules(path: Path, rules: Record<string, unknown>[]): Mistake[] {
  const mistakes: Mistake[] = []
  const names = new Set<string>()
  let always: string | undefined
  for (const [index, rule] of rules.entries()) {
    const name = rule['name']
    if (typeof name !== 'string') continue
    const when = recordOf(rule['when'])
    const at = [...path, index]
    if (names.has(name)) {
      mistakes.push(mistake([...at, 'name'], 'value', 'SAGE1025', `there is already a rule "${name}" in this policy`))
    }
    names.add(name)
    if (always !== undefined) {
      const message = `this rule never applies: rule ${always} above has no condition`
      mistakes.push({ ...mistake([...at, 'name'], 'value', 'SAGE1026', message), severity: 'warning' })
    } else if (isUnconditional(rule)) always = `"${name}"`
    const { min_tokens: least, max_tokens: most } = when
    if (typeof least === 'number' && typeof most === 'number' && least > most) {
      const message = 'this rule never applies: `min_tokens` is more than `max_tokens`'
      mistakes.push({ ...mistake([...at, 'when', 'min_tokens'], 'value', 'SAGE1026', message), severity: 'warning' })
    }
  }
  return mistakes
}

/** A rule with an unknown key may have its condition there. */
function isUnconditional(rule: Record<string, unknown>): boolean {
  if (!Object.keys(rule).every((key) => KEYS.includes(key))) return false
  const { when } = rule
  if (when === undefined) return true
  return typeof when === 'object' && when !== null && !Array.isArray(when) && Object.keys(when).length === 0
}
