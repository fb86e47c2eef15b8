import { asArray, asRecord, asText } from './values.ts'

const TEXTS: ReadonlySet<string> = new Set(['text', 'input_text', 'output_text'])

/**
 * Where and of what type the first part is that has no canonical form, for a user's message of which nothing else is left.
 * Texts, of which only empty ones get here, say nothing. Spread into the message.
 */
export function unsaidOf(parts: unknown, param: string): { unsaid?: string } {
  for (const part of asArray(parts) ?? []) {
    const record = asRecord(part)
    // Gemini's parts have no type: their one member names it.
    const type = asText(record?.['type']) ?? Object.keys(record ?? {}).find((name) => name !== 'text')
    if (type !== undefined && !TEXTS.has(type)) return { unsaid: `${param}: ${type.slice(0, 60)}` }
  }
  return {}
}
