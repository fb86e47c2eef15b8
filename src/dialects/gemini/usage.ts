import type { Usage } from '../../chat/events.ts'
import { asNumber, asRecord, type JsonRecord } from '../shared/values.ts'
import { field } from './fields.ts'

/**
 * Decodes `usageMetadata`; undefined when it counts nothing. `promptTokenCount` includes cached tokens,
 * `candidatesTokenCount` leaves the thoughts out. Prompts of Google's own tools are counted apart.
 */
export function decodeUsage(value: unknown): Usage | undefined {
  const raw = asRecord(value)
  const count = (name: string): number | undefined => {
    const number = asNumber(field(raw, name))
    return number !== undefined && number >= 0 ? number : undefined
  }
  const input = sum(count('promptTokenCount'), count('toolUsePromptTokenCount'))
  const reasoning = count('thoughtsTokenCount')
  const output = sum(count('candidatesTokenCount'), reasoning)
  const cacheRead = count('cachedContentTokenCount')
  const usage: Usage = {
    ...(input !== undefined && { input }),
    ...(output !== undefined && { output }),
    ...(cacheRead !== undefined && { cacheRead }),
    ...(reasoning !== undefined && { reasoning }),
  }
  return Object.keys(usage).length === 0 ? undefined : usage
}

function sum(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined ? other : one + (other ?? 0)
}

/** Encodes token counts; clients add them up, so unknown ones are 0. Cached tokens and thoughts only when there are any. */
export function encodeUsage(usage: Usage): JsonRecord {
  const { input = 0, output = 0, cacheRead = 0, reasoning = 0 } = usage
  const answer = Math.max(0, output - reasoning)
  return {
    promptTokenCount: input,
    candidatesTokenCount: answer,
    totalTokenCount: input + answer + reasoning,
    ...(cacheRead > 0 && { cachedContentTokenCount: cacheRead }),
    ...(reasoning > 0 && { thoughtsTokenCount: reasoning }),
  }
}
