import type { JsonOutline } from '../../lib/json-outline.ts'
import { BUDGETS, effortOf, isEffort } from '../shared/effort.ts'
import { asArray, asNumber, asRecord, asText, type JsonRecord } from '../shared/values.ts'
import type { ModelRules } from './model-rules.ts'

/** Smallest `budget_tokens` that the API takes. */
const MIN_BUDGET = 1024

/**
 * New values of `thinking`, `output_config` and `context_management` for a model with these rules; undefined says that
 * the field goes. Fields that stay as they are do not appear.
 */
export function adaptThinking(outline: JsonOutline, rules: ModelRules): JsonRecord {
  const given = asRecord(outline.value('thinking'))
  const config = asRecord(outline.value('output_config')) ?? {}
  const thinking = given === undefined ? undefined : newThinking(outline, given, config['effort'], rules)
  const effort = newEffort(given, thinking, config['effort'], rules)
  const changed: JsonRecord = {}
  if (thinking !== given) changed['thinking'] = thinking
  if (effort !== config['effort']) {
    const { effort: _, ...rest } = config
    const next = effort === undefined ? rest : { ...rest, effort }
    changed['output_config'] = Object.keys(next).length === 0 ? undefined : next
  }
  const isOff = given !== undefined && (thinking === undefined || thinking['type'] === 'disabled')
  return isOff && thinking !== given ? { ...changed, ...withoutClearing(outline) } : changed
}

/** The same object when nothing changes; undefined leaves the field out, and the model's own default holds. */
function newThinking(
  outline: JsonOutline,
  given: JsonRecord,
  effort: unknown,
  rules: ModelRules,
): JsonRecord | undefined {
  switch (given['type']) {
    case 'disabled':
      return rules.canStopThinking ? given : undefined
    case 'enabled':
      if (rules.thinking === 'adaptive') return adaptive(given)
      return lacksThinking(outline) ? undefined : given
    case 'adaptive':
      return rules.thinking === 'budget' ? budgeted(outline, effort) : given
    default:
      return given
  }
}

function adaptive({ display }: JsonRecord): JsonRecord {
  return { type: 'adaptive', ...(display !== undefined && { display }) }
}

/** The budget must be smaller than `max_tokens`; without room for both there is no reasoning. */
function budgeted(outline: JsonOutline, effort: unknown): JsonRecord | undefined {
  const room = Math.floor((asNumber(outline.value('max_tokens')) ?? 0) / 2)
  if (room < MIN_BUDGET || lacksThinking(outline)) return undefined
  return { type: 'enabled', budget_tokens: Math.min(BUDGETS[isEffort(effort) ? effort : 'medium'], room) }
}

/** An effort stands for a budget that the model does not take, and the other way round. */
function newEffort(
  given: JsonRecord | undefined,
  thinking: JsonRecord | undefined,
  effort: unknown,
  rules: ModelRules,
): unknown {
  if (!rules.effort) return undefined
  const isHigh = effort === 'xhigh' || effort === 'max'
  if (isHigh && thinking?.['type'] === 'disabled' && !rules.highEffortWithoutThinking) return 'high'
  if (thinking === given || effort !== undefined) return effort
  const budget = asNumber(given?.['budget_tokens'])
  return budget === undefined || thinking?.['type'] !== 'adaptive' ? effort : effortOf(budget)
}

/**
 * With a budget, the API wants the assistant turn of an open tool loop to begin with its reasoning. It does not when
 * another model, or one that did not reason, made the calls.
 */
function lacksThinking(outline: JsonOutline): boolean {
  const messages = outline.span('messages')
  const spans = (messages === undefined ? undefined : outline.elements(messages)) ?? []
  const read = (at: number): JsonRecord | undefined => {
    const span = spans.at(at)
    return span && asRecord(JSON.parse(outline.bytes.toString('utf8', span.start, span.end)))
  }
  for (let at = -1; at >= -spans.length; at--) {
    const turn = read(at)
    if (turn?.['role'] !== 'assistant') continue
    const blocks = asArray(turn['content'])?.map((block) => asText(asRecord(block)?.['type']) ?? '') ?? []
    return blocks.includes('tool_use') && blocks[0]?.endsWith('thinking') !== true
  }
  return false
}

/** "`clear_thinking_20251015` strategy requires `thinking` to be enabled or adaptive": it goes with the thinking. */
function withoutClearing(outline: JsonOutline): JsonRecord {
  const management = asRecord(outline.value('context_management'))
  const edits = asArray(management?.['edits'])
  if (management === undefined || edits === undefined) return {}
  const kept = edits.filter((edit) => asText(asRecord(edit)?.['type'])?.startsWith('clear_thinking') !== true)
  if (kept.length === edits.length) return {}
  return { context_management: kept.length === 0 ? undefined : { ...management, edits: kept } }
}
