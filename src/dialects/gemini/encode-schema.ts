import { completeToolSchema, dropKeywords, rewriteSchema } from '../shared/schema.ts'
import type { JsonRecord } from '../shared/values.ts'

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
  return loneRefs(dropKeywords(schema, [...NEVER, ...keywords]))
}

function loneRefs(schema: JsonRecord): JsonRecord {
  return rewriteSchema(schema, (members) => {
    const isRef = members.some(([key, value]) => key === '$ref' && typeof value === 'string')
    return isRef ? members.filter(([key]) => key.startsWith('$')) : members
  })
}
