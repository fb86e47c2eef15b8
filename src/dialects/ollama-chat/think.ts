import type { Effort, ThinkingRequest } from '../../chat/request.ts'
import { takesThinkLevels } from './model-name.ts'

type Level = 'low' | 'medium' | 'high'

const LEVELS: Readonly<Record<Effort, Level>> = {
  none: 'low',
  minimal: 'low',
  low: 'low',
  medium: 'medium',
  high: 'high',
  xhigh: 'high',
  max: 'high',
}

/**
 * Value of `think`: true or false, or a level for gpt-oss; undefined leaves it to the model.
 * gpt-oss ignores true and false and cannot stop reasoning, so `off` asks it for the least
 * (source: Ollama's documentation of thinking).
 */
export function encodeThink(thinking: ThinkingRequest | undefined, model: string): boolean | Level | undefined {
  if (thinking === undefined || thinking.mode === 'auto') return undefined
  const off = thinking.mode === 'off' || thinking.effort === 'none'
  if (!takesThinkLevels(model)) return !off
  return off ? 'low' : LEVELS[thinking.effort ?? 'medium']
}
