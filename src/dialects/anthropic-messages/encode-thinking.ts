import type { Effort, ThinkingRequest } from '../../chat/request.ts'
import { BUDGETS, effortOf } from '../shared/effort.ts'
import type { JsonRecord } from '../shared/values.ts'
import type { EncodeTarget } from '../types.ts'
import { rulesOf, type ModelRules } from './model-rules.ts'
import { isThinking } from './turns.ts'
import type { Turn } from './turns.ts'

/** What a request says about reasoning and the room for the answer. */
export interface ThinkingPlan {
  /** Value of the `thinking` field; undefined leaves it out. */
  thinking: JsonRecord | undefined
  /** Value of `output_config.effort`. */
  effort: string | undefined
  maxTokens: number
  /** Reasoning will happen, so its rules on sampling and tool choice hold. */
  active: boolean
}

/** Smallest `budget_tokens` that the API takes. */
const MIN_BUDGET = 1024

/**
 * Decides how the request asks for reasoning. `auto` becomes `adaptive` with an effort, `on` becomes `enabled` with a
 * budget; the budget must be smaller than `max_tokens`, which is raised first, up to the model's output limit. Models
 * that know only one of the two are asked in that way.
 */
export function planThinking(
  wanted: ThinkingRequest | undefined,
  maxTokens: number,
  target: EncodeTarget,
  turns: readonly Turn[],
  notes: Set<string>,
): ThinkingPlan {
  const none: ThinkingPlan = { thinking: undefined, effort: undefined, maxTokens, active: false }
  if (wanted === undefined) return none
  const off = wanted.mode === 'off' || wanted.effort === 'none'
  if (target.thinking === false) {
    if (!off) notes.add('thinking')
    return none
  }
  const rules = rulesOf(target.model)
  // A model that always reasons is left to its default: it refuses to be switched off.
  const disabled: ThinkingPlan = { ...none, thinking: rules.canStopThinking ? { type: 'disabled' } : undefined }
  if (off) {
    if (!rules.canStopThinking) notes.add('thinking_off')
    return { ...disabled, effort: toEffort(lowered(wanted.effort, rules), target, rules) }
  }
  if (rules.thinking === 'adaptive' || (wanted.mode === 'auto' && rules.thinking === 'either')) {
    const effort = wanted.effort ?? (wanted.budgetTokens === undefined ? undefined : effortOf(wanted.budgetTokens))
    return { ...none, thinking: { type: 'adaptive' }, effort: toEffort(effort, target, rules), active: true }
  }
  if (lacksThinking(turns)) {
    notes.add('thinking')
    return disabled
  }
  const room = fitBudget(wanted.budgetTokens ?? BUDGETS[wanted.effort ?? 'medium'], maxTokens, target.output)
  if (room === undefined) {
    notes.add('thinking')
    return disabled
  }
  const thinking = { type: 'enabled', budget_tokens: room.budget }
  return { thinking, effort: undefined, maxTokens: room.maxTokens, active: true }
}

/** Beside disabled thinking the newest models refuse the two highest efforts. */
function lowered(effort: Effort | undefined, rules: ModelRules): Effort | undefined {
  const isHigh = effort === 'xhigh' || effort === 'max'
  return isHigh && !rules.highEffortWithoutThinking ? 'high' : effort
}

function toEffort(effort: Effort | undefined, target: EncodeTarget, rules: ModelRules): string | undefined {
  if (effort === undefined || effort === 'none') return undefined
  if (!rules.effort || target.quirks.reasoning_effort === false) return undefined
  return effort === 'minimal' ? 'low' : effort
}

/** With a budget, the API wants the assistant turn of an open tool loop to start with its reasoning. */
function lacksThinking(turns: readonly Turn[]): boolean {
  const asked = turns.at(-2)
  return asked?.role === 'assistant' && asked.calls.length > 0 && !isThinking(asked.content[0])
}

function fitBudget(
  wanted: number,
  maxTokens: number,
  limit: number | undefined,
): { budget: number; maxTokens: number } | undefined {
  const budget = Math.max(MIN_BUDGET, wanted)
  if (budget < maxTokens) return { budget, maxTokens }
  const raised = Math.min(budget + maxTokens, limit ?? Infinity)
  if (budget < raised) return { budget, maxTokens: raised }
  // The limit leaves no room for both: half for reasoning, half for the answer.
  return raised > MIN_BUDGET ? { budget: Math.max(MIN_BUDGET, Math.floor(raised / 2)), maxTokens: raised } : undefined
}
