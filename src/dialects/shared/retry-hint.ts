import { asArray, asNumber, asRecord, asText } from './values.ts'

/** "try again in 1m2.5s", "retry after 20 seconds", "in 350ms" (OpenAI, Groq, Azure). */
const WORDS = /(?:try again|retry(?:ing)?)(?: again)? (?:in|after) ((?:\d+(?:\.\d+)?\s?(?:ms|h|m|s)[a-z]*\s?)+)/i
const PIECE = /(\d+(?:\.\d+)?)\s?(milli|ms|h|m|s)/gi
const UNIT_MS: Readonly<Record<string, number>> = { milli: 1, ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/**
 * How long a body asks to wait, in ms: seconds in `retry_after`, Gemini's `RetryInfo` (`retryDelay: "7s"`), or the
 * words of the message. Undefined when it asks nothing.
 */
export function retryHint(details: unknown, message: string): number | undefined {
  const seconds = asNumber(details)
  if (seconds !== undefined) return seconds > 0 ? Math.ceil(seconds * 1000) : undefined
  for (const detail of asArray(details) ?? []) {
    const delay = asText(asRecord(detail)?.['retryDelay'])
    if (delay !== undefined) return duration(delay)
  }
  const words = WORDS.exec(message)?.[1]
  return words === undefined ? undefined : duration(words)
}

function duration(text: string): number | undefined {
  let total = 0
  for (const [, amount, unit] of text.matchAll(PIECE)) {
    total += Number(amount) * (UNIT_MS[(unit ?? '').toLowerCase()] ?? 0)
  }
  return total > 0 ? Math.ceil(total) : undefined
}
