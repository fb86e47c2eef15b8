import type { ThinkingRequest } from '../../chat/request.ts'
import { BUDGETS, effortOf } from '../shared/effort.ts'
import type { JsonRecord } from '../shared/values.ts'
import type { EncodeTarget } from '../types.ts'
import { generationOf, type Generation } from './generation.ts'

/**
 * `thinkingConfig`: a level from Gemini 3 on, a budget for 2.5, nothing for models that do not reason; one field only,
 * for both together are refused (ai.google.dev/gemini-api/docs/thinking). Thoughts are asked for whenever there may be
 * any. Undefined leaves the field out: the model's own default holds.
 */
export function encodeThinking(
  wanted: ThinkingRequest | undefined,
  target: EncodeTarget,
  notes: Set<string>,
): JsonRecord | undefined {
  if (wanted === undefined) return undefined
  const off = wanted.mode === 'off' || wanted.effort === 'none'
  const generation = generationOf(target.model)
  if (target.thinking === false || generation.version < 2.5) {
    if (!off) notes.add('thinking_config')
    return undefined
  }
  const amount = generation.version >= 3 ? toLevel(wanted, off, generation) : toBudget(wanted, off, generation)
  // Pro models, and the newest others, always reason a little.
  if (off && amount['thinkingLevel'] !== 'MINIMAL' && amount['thinkingBudget'] !== 0) notes.add('thinking_off')
  return off ? amount : { ...amount, includeThoughts: true }
}

function toLevel(wanted: ThinkingRequest, off: boolean, generation: Generation): JsonRecord {
  const effort = off
    ? 'none'
    : (wanted.effort ?? (wanted.budgetTokens === undefined ? undefined : effortOf(wanted.budgetTokens)))
  switch (effort) {
    case undefined:
      return {}
    case 'none':
    case 'minimal':
      return { thinkingLevel: hasMinimal(generation) ? 'MINIMAL' : 'LOW' }
    case 'low':
      return { thinkingLevel: 'LOW' }
    case 'medium':
      // The first Pro of the generation knows only LOW and HIGH.
      return { thinkingLevel: generation.tier === 'pro' && generation.version === 3 ? 'HIGH' : 'MEDIUM' }
    case 'high':
    case 'xhigh':
    case 'max':
      return { thinkingLevel: 'HIGH' }
  }
}

/** MINIMAL is refused by Pro models and by Flash from 3.7 on; LOW is taken by every model of the generation. */
function hasMinimal({ version, tier }: Generation): boolean {
  return tier === 'flash-lite' || (tier === 'flash' && version < 3.7)
}

/** Ranges of the 2.5 models: Pro cannot stop reasoning, -1 leaves the amount to the model. */
function toBudget(wanted: ThinkingRequest, off: boolean, { tier }: Generation): JsonRecord {
  const least = tier === 'pro' ? 128 : tier === 'flash-lite' ? 512 : 1
  const most = tier === 'pro' ? 32_768 : 24_576
  if (off) return { thinkingBudget: tier === 'pro' ? least : 0 }
  const tokens = wanted.budgetTokens ?? (wanted.effort === undefined ? undefined : BUDGETS[wanted.effort])
  return { thinkingBudget: tokens === undefined ? -1 : Math.min(Math.max(tokens, least), most) }
}
