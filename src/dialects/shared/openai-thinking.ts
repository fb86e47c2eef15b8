import type { Effort, ThinkingRequest } from '../../chat/request.ts'
import { effortOf, isEffort } from './effort.ts'
import { asNumber, asRecord } from './values.ts'

/**
 * Reads what the client asked of reasoning: `reasoning_effort` (OpenAI), `reasoning` (OpenRouter), `thinking`
 * (DeepSeek, GLM) or `enable_thinking` (Qwen); the first that says something counts.
 *
 * @param field reads a top-level field of the body
 */
export function decodeThinking(field: (name: string) => unknown): ThinkingRequest | undefined {
  const effort = field('reasoning_effort')
  if (isEffort(effort)) return fromEffort(effort)

  const reasoning = asRecord(field('reasoning'))
  if (reasoning !== undefined) {
    const budget = asNumber(reasoning['max_tokens'])
    if (reasoning['enabled'] === false) return { mode: 'off' }
    if (isEffort(reasoning['effort'])) return fromEffort(reasoning['effort'])
    if (budget !== undefined) return { mode: 'on', budgetTokens: budget }
    if (reasoning['enabled'] === true) return { mode: 'on' }
  }

  const thinking = asRecord(field('thinking'))?.['type'] ?? field('enable_thinking')
  if (thinking === 'enabled' || thinking === true) return { mode: 'on' }
  if (thinking === 'disabled' || thinking === false) return { mode: 'off' }
  return undefined
}

function fromEffort(effort: Effort): ThinkingRequest {
  return { mode: effort === 'none' ? 'off' : 'on', effort }
}

/**
 * Value of `reasoning_effort`; undefined leaves the field out, so that the provider's own default holds.
 *
 * `none` is what current models take for "do not reason", but older ones (o3, gpt-5) and models that never reason
 * refuse it. So it is sent when the client itself said `none`, or when the model is known to reason.
 */
export function encodeEffort(thinking: ThinkingRequest, reasons: boolean | undefined): Effort | undefined {
  if (reasons === false) return undefined
  if (thinking.mode === 'off') return thinking.effort === 'none' || reasons === true ? 'none' : undefined
  if (thinking.effort !== undefined) return thinking.effort
  if (thinking.budgetTokens !== undefined) return effortOf(thinking.budgetTokens)
  return thinking.mode === 'on' ? 'medium' : undefined
}
