import { isRecord } from '../../lib/is-record.ts'
import type { JsonRecord } from './values.ts'

/** Keywords whose value is a schema, or an array of schemas. */
const SCHEMA_KEYWORDS: ReadonlySet<string> = new Set([
  'items', 'prefixItems', 'additionalItems', 'unevaluatedItems', 'contains', 'additionalProperties',
  'unevaluatedProperties', 'propertyNames', 'allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else',
]) // prettier-ignore
/** Keywords whose value maps names to schemas. */
const MAP_KEYWORDS: ReadonlySet<string> = new Set([
  'properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions',
]) // prettier-ignore

type Members = [string, unknown][]

/**
 * Rewrites a JSON Schema and every schema in it, the outer one first. `rewrite` gets and gives the members of one schema.
 * Property names, enum values, defaults and examples are data: they stay, whatever they are called.
 */
export function rewriteSchema(schema: JsonRecord, rewrite: (members: Members) => Members): JsonRecord {
  const inside = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inside)
    return isRecord(value) ? rewriteSchema(value, rewrite) : value
  }
  const inMap = (value: unknown): unknown =>
    isRecord(value) ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inside(each)])) : value
  const members = rewrite(Object.entries(schema)).map(([key, value]): [string, unknown] => {
    if (SCHEMA_KEYWORDS.has(key)) return [key, inside(value)]
    return [key, MAP_KEYWORDS.has(key) ? inMap(value) : value]
  })
  // Unlike assignments, this keeps a property that is called `__proto__`.
  return Object.fromEntries(members)
}

/** Removes keywords from a JSON Schema and all schemas in it. */
export function dropKeywords(schema: JsonRecord, keywords: Iterable<string>): JsonRecord {
  const dropped = new Set(keywords)
  if (dropped.size === 0) return schema
  return rewriteSchema(schema, (members) => members.filter(([key]) => !dropped.has(key)))
}

/** OpenAI refuses tool schemas that are no `object`, or an object without `properties`: both are filled in. */
export function completeToolSchema(schema: JsonRecord | undefined): JsonRecord {
  const typed: JsonRecord = schema?.['type'] === undefined ? { type: 'object', ...schema } : schema
  return typed['type'] === 'object' && typed['properties'] === undefined ? { ...typed, properties: {} } : typed
}
