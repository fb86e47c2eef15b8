import { completeToolSchema, dropKeywords } from '../openai-chat/tool-schema.ts'
import { asRecord, type JsonRecord } from '../openai-chat/values.ts'

/** Says nothing to the API, and older versions of it refuse the name. */
const NEVER = ['$schema']

/**
 * A tool's JSON Schema as `parametersJsonSchema` takes it. The API reads a part of JSON Schema and looks over the rest
 * (ai.google.dev/api/caching#FunctionDeclaration); it refuses members beside a `$ref` that do not begin with `$`.
 */
export function encodeParameters(schema: JsonRecord, keywords: readonly string[]): JsonRecord {
  return encodeSchema(completeToolSchema(schema), keywords)
}

/** A schema for the answer, as `responseJsonSchema` takes it. */
export function encodeSchema(schema: JsonRecord, keywords: readonly string[]): JsonRecord {
  return loneRefs(dropKeywords(schema, new Set([...NEVER, ...keywords])))
}

const MAPS: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  'dependentSchemas',
  '$defs',
  'definitions',
])
const DATA: ReadonlySet<string> = new Set(['enum', 'const', 'default', 'examples', 'example', 'required'])

function loneRefs(schema: JsonRecord): JsonRecord {
  const isRef = typeof schema['$ref'] === 'string'
  const members = Object.entries(schema).flatMap(([key, value]): [string, unknown][] => {
    if (isRef && !key.startsWith('$')) return []
    return [[key, DATA.has(key) ? value : MAPS.has(key) ? inMap(value) : inValue(value)]]
  })
  return Object.fromEntries(members)
}

function inMap(value: unknown): unknown {
  const map = asRecord(value)
  return map === undefined
    ? value
    : Object.fromEntries(Object.entries(map).map(([name, schema]) => [name, inValue(schema)]))
}

function inValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inValue)
  const schema = asRecord(value)
  return schema === undefined ? value : loneRefs(schema)
}
