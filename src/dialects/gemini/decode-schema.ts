import { rewriteSchema } from '../shared/schema.ts'
import { toText, type JsonRecord } from '../shared/values.ts'

/** Fields of Gemini's `Schema`, in the spelling of JSON Schema, by their snake_case names. */
const SPELLING: Readonly<Record<string, string>> = {
  any_of: 'anyOf',
  prefix_items: 'prefixItems',
  additional_properties: 'additionalProperties',
  property_ordering: 'propertyOrdering',
  max_items: 'maxItems',
  min_items: 'minItems',
  max_length: 'maxLength',
  min_length: 'minLength',
  max_properties: 'maxProperties',
  min_properties: 'minProperties',
}
/** 64-bit integers travel as strings in Google's JSON. */
const COUNTS: ReadonlySet<string> = new Set([
  'maxItems', 'minItems', 'maxLength', 'minLength', 'maxProperties', 'minProperties',
]) // prettier-ignore

/**
 * Gemini's `Schema`, a subset of OpenAPI 3.0, as JSON Schema: types in lower case, `nullable` as a type of its own.
 * Names of properties are names, whatever they are called.
 */
export function fromOpenApi(schema: JsonRecord): JsonRecord {
  return rewriteSchema(schema, (members) => {
    const spelled = members.map(([name, value]): [string, unknown] => [SPELLING[name] ?? name, value])
    const converted = spelled.flatMap(([key, value]) => convert(key, value))
    return spelled.some(([key, value]) => key === 'nullable' && value === true) ? orNull(converted) : converted
  })
}

function convert(key: string, value: unknown): [string, unknown][] {
  if (key === 'nullable' || key === 'propertyOrdering') return []
  if (key === 'type')
    return value === 'TYPE_UNSPECIFIED' ? [] : [[key, toText(value) === '' ? value : toText(value).toLowerCase()]]
  return [[key, COUNTS.has(key) && typeof value === 'string' ? Number(value) : value]]
}

function orNull(members: [string, unknown][]): [string, unknown][] {
  return members.map(([key, value]): [string, unknown] => {
    if (key === 'type' && typeof value === 'string' && value !== 'null') return [key, [value, 'null']]
    return key === 'enum' && Array.isArray(value) && !value.includes(null)
      ? [key, [...(value as unknown[]), null]]
      : [key, value]
  })
}
