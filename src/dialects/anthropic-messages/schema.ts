import { isObject } from './shape.ts'
import type { JsonObject } from './shape.ts'

// JSON Schema is walked as a schema: a property that is called like a keyword is no keyword.

const MAPS_OF_SCHEMAS = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'])
const PLAIN_VALUES = new Set(['enum', 'const', 'default', 'examples', 'required'])

type Rewrite = (schema: JsonObject) => JsonObject

/** Schema of a tool's input; the API wants an object schema at the top. */
export function toInputSchema(schema: JsonObject | undefined, dropped: readonly string[]): JsonObject {
  if (schema === undefined) return { type: 'object', properties: {} }
  const kept = dropKeywords(schema, dropped)
  return kept['type'] === 'object' ? kept : { ...kept, type: 'object' }
}

/** Schema of a structured answer; the API wants every object schema closed, as the official SDK writes it. */
export function toOutputSchema(schema: JsonObject, dropped: readonly string[]): JsonObject {
  return walk(dropKeywords(schema, dropped), (node) =>
    node['type'] === 'object' && node['additionalProperties'] === undefined
      ? { ...node, additionalProperties: false }
      : node,
  )
}

function dropKeywords(schema: JsonObject, keywords: readonly string[]): JsonObject {
  if (keywords.length === 0) return schema
  return walk(schema, (node) => Object.fromEntries(Object.entries(node).filter(([key]) => !keywords.includes(key))))
}

/** Rewrites a schema and then every schema inside it. */
function walk(schema: JsonObject, rewrite: Rewrite): JsonObject {
  const members = Object.entries(rewrite(schema)).map(([key, value]): [string, unknown] => {
    if (PLAIN_VALUES.has(key)) return [key, value]
    if (MAPS_OF_SCHEMAS.has(key) && isObject(value)) {
      return [key, Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walkValue(inner, rewrite)]))]
    }
    return [key, walkValue(value, rewrite)]
  })
  return Object.fromEntries(members)
}

function walkValue(value: unknown, rewrite: Rewrite): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => walkValue(item, rewrite))
  return isObject(value) ? walk(value, rewrite) : value
}
