import { asArray, asRecord, type JsonRecord } from '../openai-chat/values.ts'

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
const SCHEMAS: ReadonlySet<string> = new Set([
  'items', 'prefixItems', 'additionalProperties', 'anyOf', 'oneOf', 'allOf', 'not',
]) // prettier-ignore
const MAPS: ReadonlySet<string> = new Set(['properties', 'patternProperties', '$defs', 'definitions'])
/** 64-bit integers travel as strings in Google's JSON. */
const COUNTS: ReadonlySet<string> = new Set([
  'maxItems', 'minItems', 'maxLength', 'minLength', 'maxProperties', 'minProperties',
]) // prettier-ignore

/**
 * Gemini's `Schema`, a subset of OpenAPI 3.0, as JSON Schema: types in lower case, `nullable` as a type of its own.
 * Names of properties are names, whatever they are called.
 */
export function fromOpenApi(schema: JsonRecord): JsonRecord {
  const members: [string, unknown][] = []
  for (const [name, value] of Object.entries(schema)) {
    const key = SPELLING[name] ?? name
    if (key === 'type') {
      if (value !== 'TYPE_UNSPECIFIED') members.push([key, typeof value === 'string' ? value.toLowerCase() : value])
    } else if (key === 'nullable' || key === 'propertyOrdering') continue
    else if (SCHEMAS.has(key)) members.push([key, fromValue(value)])
    else if (MAPS.has(key)) members.push([key, fromMap(value)])
    else if (COUNTS.has(key) && typeof value === 'string') members.push([key, Number(value)])
    else members.push([key, value])
  }
  const converted = Object.fromEntries(members)
  return schema['nullable'] === true ? orNull(converted) : converted
}

function fromValue(value: unknown): unknown {
  const list = asArray(value)
  if (list !== undefined) return list.map(fromValue)
  const schema = asRecord(value)
  return schema === undefined ? value : fromOpenApi(schema)
}

function fromMap(value: unknown): unknown {
  const map = asRecord(value)
  return map === undefined
    ? value
    : Object.fromEntries(Object.entries(map).map(([name, schema]) => [name, fromValue(schema)]))
}

function orNull(schema: JsonRecord): JsonRecord {
  const { type, enum: values } = schema
  return {
    ...schema,
    ...(typeof type === 'string' && type !== 'null' && { type: [type, 'null'] }),
    ...(Array.isArray(values) && !values.includes(null) && { enum: [...(values as unknown[]), null] }),
  }
}
