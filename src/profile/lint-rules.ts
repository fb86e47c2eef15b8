import type { Path } from './locate.ts'
import type { Mistake } from './mistake.ts'
import { mistake } from './mistake.ts'
import { listOf, recordOf, recordsIn } from './plain.ts'

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
function isUnconditional({ when, name: _, ...rest }: Record<string, unknown>): boolean {
  if (!Object.keys(rest).every((key) => ['prefer', 'avoid', 'only', 'require'].includes(key))) return false
  const isEmptyMap = typeof when === 'object' && !Array.isArray(when) && Object.keys(recordOf(when)).length === 0
  return when === undefined || (when !== null && isEmptyMap)
}
