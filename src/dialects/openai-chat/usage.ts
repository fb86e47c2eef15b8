import type { Usage } from '../../chat/events.ts'
import { asNumber, asRecord, type JsonRecord } from '../shared/values.ts'

/**
 * Decodes a usage object; undefined when it is none. `prompt_tokens` includes cached tokens. DeepSeek names the cached
 * ones `prompt_cache_hit_tokens`; xAI leaves reasoning out of `completion_tokens`, which shows in its total.
 */
export function decodeUsage(value: unknown): Usage | undefined {
  const raw = asRecord(value)
  if (raw === undefined) return undefined
  const input = count(raw['prompt_tokens'])
  const completion = count(raw['completion_tokens'])
  const total = count(raw['total_tokens'])
  const prompt = asRecord(raw['prompt_tokens_details'])
  const cacheRead = count(prompt?.['cached_tokens']) ?? count(raw['prompt_cache_hit_tokens'])
  const cacheWrite = count(prompt?.['cache_write_tokens'])
  const reasoning = count(asRecord(raw['completion_tokens_details'])?.['reasoning_tokens'])
  const apart = total === (input ?? 0) + (completion ?? 0) + (reasoning ?? 0)
  const output = completion !== undefined && apart ? completion + (reasoning ?? 0) : completion
  return {
    ...(input !== undefined && { input }),
    ...(output !== undefined && { output }),
    ...(cacheRead !== undefined && { cacheRead }),
    ...(cacheWrite !== undefined && { cacheWrite }),
    ...(reasoning !== undefined && { reasoning }),
  }
}

/** Encodes token counts; clients add them up, so unknown ones are 0. */
export function encodeUsage(usage: Usage): JsonRecord {
  const input = usage.input ?? 0
  const output = usage.output ?? 0
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: {
      cached_tokens: usage.cacheRead ?? 0,
      ...(usage.cacheWrite !== undefined && { cache_write_tokens: usage.cacheWrite }),
    },
    completion_tokens_details: { reasoning_tokens: usage.reasoning ?? 0 },
  }
}

function count(value: unknown): number | undefined {
  const number = asNumber(value)
  return number !== undefined && number >= 0 ? number : undefined
}
