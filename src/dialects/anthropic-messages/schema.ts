import { dropKeywords, rewriteSchema } from '../shared/schema.ts'
import type { JsonRecord } from '../shared/values.ts'

/** Schema of a tool's input; the API wants an object schema at the top. */
export function toInputSchema(schema: JsonRecord | undefined, dropped: readonly string[]): JsonRecord {
  if (schema === undefined) return { type: 'object', properties: {} }
  const kept = dropKeywords(schema, dropped)
  return kept['type'] === 'object' ? kept : { ...kept, type: 'object' }
}

/** Schema of a structured answer; the API wants every object schema closed, as the official SDK writes it. */
export function toOutputSchema(schema: JsonRecord, dropped: readonly string[]): JsonRecord {
  return rewriteSchema(dropKeywords(schema, dropped), (members) => {
    const isOpen = members.some(([key, value]) => key === 'type' && value === 'object')
    const isClosed = members.some(([key]) => key === 'additionalProperties')
    return isOpen && !isClosed ? [...members, ['additionalProperties', false]] : members
  })
}
