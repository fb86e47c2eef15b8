// Walks JSON Schemas as schemas: a property that is called like a keyword is no keyword.
import { asObject } from './violations.ts'
import type { Json } from '../grid-json.ts'

const MAPS: readonly string[] = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas']
const NESTED: readonly string[] = [
  'items', 'prefixItems', 'additionalProperties', 'propertyNames', 'contains', 'not', 'if', 'then', 'else',
  'anyOf', 'oneOf', 'allOf',
] // prettier-ignore

/** Calls `visit` with a schema and all schemas in it; paths are dotted. */
export function eachSchema(schema: unknown, path: string, visit: (schema: Json, path: string) => void): void {
  const object = asObject(schema)
  if (object === undefined) return
  visit(object, path)
  for (const name of MAPS) {
    for (const [key, inner] of Object.entries(asObject(object[name]) ?? {})) {
      eachSchema(inner, `${path}.${name}.${key}`, visit)
    }
  }
  for (const name of NESTED) {
    const inner = object[name]
    if (Array.isArray(inner)) inner.forEach((each, n) => eachSchema(each, `${path}.${name}[${n}]`, visit))
    else eachSchema(inner, `${path}.${name}`, visit)
  }
}

/** True when the schema's `type` is, or has among others, this one. */
export function hasType(schema: Json, type: string): boolean {
  return schema['type'] === type || (Array.isArray(schema['type']) && schema['type'].includes(type))
}
