import type { Usage } from '../../chat/events.ts'
import { asNumber, asRecord, type JsonRecord } from '../shared/values.ts'

/** Decodes a usage object; undefined when it is none. `input_tokens` includes cached tokens. */
export function decodeUsage(value: unknown): Usage | undefined {
  const raw = asRecord(value)
  if (raw === undefined) return undefined
  const details = asRecord(raw['input_tokens_details'])
  const usage: Usage = {}
  put(usage, 'input', raw['input_tokens'])
  put(usage, 'output', raw['output_tokens'])
  put(usage, 'cacheRead', details?.['cached_tokens'])
  put(usage, 'cacheWrite', details?.['cache_write_tokens'])
  put(usage, 'reasoning', asRecord(raw['output_tokens_details'])?.['reasoning_tokens'])
  return usage
}

function put(usage: Usage, key: keyof Usage, value: unknown): void {
  const count = asNumber(value)
  if (count !== undefined && count >= 0) usage[key] = count
}

/** Encodes token counts; Codex and the official SDKs demand numbers, so unknown ones are 0. */
export function encodeUsage(usage: Usage): JsonRecord {
  const input = usage.input ?? 0
  const output = usage.output ?? 0
  return {
    input_tokens: input,
    input_tokens_details: {
      cached_tokens: usage.cacheRead ?? 0,
      ...(usage.cacheWrite !== undefined && { cache_write_tokens: usage.cacheWrite }),
    },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: usage.reasoning ?? 0 },
    total_tokens: input + output,
  }
}
