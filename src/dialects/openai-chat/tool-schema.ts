import { asArray, asRecord, type JsonRecord } from './values.ts'

/** Keywords whose value is a schema, or an array of schemas. */
const SCHEMA_KEYWORDS: ReadonlySet<string> = new Set([
  'items', 'prefixItems', 'additionalItems', 'unevaluatedItems', 'contains', 'additionalProperties',
  'unevaluatedProperties', 'propertyNames', 'allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else',
]) // prettier-ignore
/** Keywords whose value maps names to schemas. */
const MAP_KEYWORDS: ReadonlySet<string> = new Set([
  'properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions',
]) // prettier-ignore

/**
 * Removes keywords from a JSON Schema and all schemas in it. Property names, enum values, defaults and examples are
 * data: they stay, whatever they are called.
 */
export function dropKeywords(schema: JsonRecord, keywords: ReadonlySet<string>): JsonRecord {
  if (keywords.size === 0) return schema
  const kept: JsonRecord = {}
  for (const [key, value] of Object.entries(schema)) {
    if (keywords.has(key)) continue
    if (SCHEMA_KEYWORDS.has(key)) define(kept, key, dropInSchema(value, keywords))
    else if (MAP_KEYWORDS.has(key)) define(kept, key, dropInMap(value, keywords))
    else define(kept, key, value)
  }
  return kept
}

function dropInSchema(value: unknown, keywords: ReadonlySet<string>): unknown {
  const list = asArray(value)
  if (list !== undefined) return list.map((schema) => dropInSchema(schema, keywords))
  const schema = asRecord(value)
  return schema === undefined ? value : dropKeywords(schema, keywords)
}

function dropInMap(value: unknown, keywords: ReadonlySet<string>): unknown {
  const map = asRecord(value)
  if (map === undefined) return value
  const kept: JsonRecord = {}
  for (const [name, schema] of Object.entries(map)) define(kept, name, dropInSchema(schema, keywords))
  return kept
}

/** Sets a member under any name: a plain assignment to `__proto__` would be lost. */
function define(target: JsonRecord, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true })
}

/** OpenAI refuses tool schemas that are no `object`, or an object without `properties`: both are filled in. */
export function completeToolSchema(schema: JsonRecord | undefined): JsonRecord {
  const typed: JsonRecord = schema?.['type'] === undefined ? { type: 'object', ...schema } : schema
  return typed['type'] === 'object' && typed['properties'] === undefined ? { ...typed, properties: {} } : typed
}
