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
  const names = new Set<unknown>()
  let always: string | undefined
  for (const [index, rule] of rules.entries()) {
    const name = rule['name']
    const when = recordOf(rule['when'])
    const at = [...path, index]
    if (typeof name === 'string' && names.has(name)) {
      mistakes.push(mistake([...at, 'name'], 'value', 'SAGE1025', `there is already a rule "${name}" in this policy`))
    }
    names.add(name)
    if (always !== undefined) {
      const message = `this rule never applies: rule ${always} above has no condition`
      mistakes.push({ ...mistake([...at, 'name'], 'value', 'SAGE1026', message), severity: 'warning' })
    } else if (rule['when'] === undefined || isEmptyMap(rule['when'])) always = `"${String(name)}"`
    const { min_tokens: least, max_tokens: most } = when
    if (typeof least === 'number' && typeof most === 'number' && least > most) {
      const message = 'this rule never applies: `min_tokens` is more than `max_tokens`'
      mistakes.push({ ...mistake([...at, 'when', 'min_tokens'], 'value', 'SAGE1026', message), severity: 'warning' })
    }
  }
  return mistakes
}

function isEmptyMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0
}
