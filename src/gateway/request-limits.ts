import type { Model } from '../catalog/types.ts'
import type { ChatRequest, Effort, ThinkingRequest } from '../chat/request.ts'
import { BUDGETS } from '../dialects/shared/effort.ts'
import type { ProviderDialectId } from '../dialects/types.ts'
import type { RequestLimits, ThinkingLevel } from '../profile/types.ts'

const EFFORTS: readonly Effort[] = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']

/** The request within what policy and rule allow a model to be asked for; the same object when it is already. */
export function limitRequest(
  request: ChatRequest,
  limits: RequestLimits,
  model: Model,
  dialect: ProviderDialectId,
): ChatRequest {
  const thinking = limits.thinking && limitThinking(request.thinking, limits.thinking, model, dialect)
  const most = limits.max_output
  const isLonger = most !== undefined && (request.maxTokens === undefined || request.maxTokens > most)
  if (thinking === undefined && !isLonger) return request
  return { ...request, ...(thinking && { thinking }), ...(isLonger && { maxTokens: most }) }
}

/** The lower reasoning to ask for; undefined when what the client asked is within the level. */
function limitThinking(
  asked: ThinkingRequest | undefined,
  level: ThinkingLevel,
  model: Model,
  dialect: ProviderDialectId,
): ThinkingRequest | undefined {
  if (asked?.mode === 'off' || asked?.effort === 'none') return undefined
  if (asked === undefined) return unasked(level, model, dialect)
  if (level === 'off') return { mode: 'off' }
  const { mode, effort, budgetTokens } = asked
  if (budgetTokens !== undefined && budgetTokens > BUDGETS[level]) {
    return { mode, budgetTokens: BUDGETS[level], ...(effort !== undefined && { effort: lowerEffort(effort, level) }) }
  }
  if (budgetTokens === undefined && effort === undefined) return { mode, effort: level }
  if (effort === undefined || lowerEffort(effort, level) === effort) return undefined
  return { mode, effort: level, ...(budgetTokens !== undefined && { budgetTokens }) }
}

/** Nothing was asked: models of Anthropic do not reason then, others may. A level is for those known to reason. */
function unasked(level: ThinkingLevel, model: Model, dialect: ProviderDialectId): ThinkingRequest | undefined {
  if (dialect === 'anthropic-messages' || model.capabilities.thinking === false) return undefined
  if (level === 'off') return { mode: 'off' }
  return model.capabilities.thinking === true ? { mode: 'on', effort: level } : undefined
}

function lowerEffort(effort: Effort, level: Effort): Effort {
  return EFFORTS.indexOf(effort) <= EFFORTS.indexOf(level) ? effort : level
}

/** The model as it may be used: no encoder raises its output above the limit. */
export function limitModel(model: Model, { max_output: most }: RequestLimits): Model {
  return most === undefined || (model.output !== undefined && model.output <= most) ? model : { ...model, output: most }
}
