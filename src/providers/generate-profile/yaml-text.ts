import type { ModelDraft, ProviderDraft } from './candidates.ts'
import type { PolicyDraft } from './policies.ts'

/** Words that YAML, old or new, does not read as text. */
const RESERVED = new Set(['true', 'false', 'null', 'yes', 'no', 'on', 'off', 'y', 'n'])

/** The text as a YAML scalar: plain where that is safe, otherwise in double quotes. */
export function scalar(text: string): string {
  return /^[A-Za-z][\w./+-]*$/.test(text) && !RESERVED.has(text.toLowerCase()) ? text : JSON.stringify(text)
}

/** One provider, indented below `providers:`. */
export function providerText(provider: ProviderDraft): string {
  return [
    `  ${provider.name}:`,
    ...provider.settings.map((line) => `    ${line}`),
    '    models:',
    ...provider.models.map((model) => `      ${modelText(model)}`),
  ].join('\n')
}

/** The policies, indented below `policies:`, each comment only once. */
export function policiesText(policies: readonly PolicyDraft[]): string {
  const said = new Set<string>()
  return policies.map((policy) => policyText(policy, said)).join('\n\n')
}

function policyText(policy: PolicyDraft, said: Set<string>): string {
  const lines = [`  ${policy.name}:`, `    description: ${policy.description}`]
  lines.push(...policy.settings.map((line) => `    ${line}`), '    rules:')
  for (const { name, comment, when, prefer } of policy.rules) {
    if (!said.has(comment)) lines.push(`      # ${comment}`)
    said.add(comment)
    lines.push(`      - name: ${name}`)
    if (when !== '') lines.push(`        when: ${when}`)
    lines.push('        prefer:', ...prefer.map((target) => `          - ${scalar(target)}`))
  }
  return lines.join('\n')
}

function modelText({ id, facts }: ModelDraft): string {
  if (facts === undefined) return `- ${scalar(id)}`
  const parts = [
    ...(facts.context === undefined ? [] : [`context: ${facts.context}`]),
    ...(facts.capabilities === undefined ? [] : [`capabilities: [${facts.capabilities.join(', ')}]`]),
  ]
  return parts.length === 0 ? `${scalar(id)}: {}` : `${scalar(id)}: { ${parts.join(', ')} }`
}
