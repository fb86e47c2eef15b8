// What both OpenAI dialects refuse in functions and in JSON output.
import { at, type Json } from '../grid-json.ts'
import { eachSchema, hasType } from './json-schema.ts'
import { arrayAt, asObject, type Violations } from './violations.ts'

const NAME = /^[a-zA-Z0-9_-]{1,64}$/

/** "Invalid 'tools[0].function.name': string does not match pattern. Expected … '^[a-zA-Z0-9_-]+$'", at most 64 long. */
export function checkName(name: unknown, path: string, found: Violations): void {
  found.need(typeof name === 'string' && NAME.test(name), path, `name ${String(name)} does not match ${NAME.source}`)
}

/**
 * The schema of a function's arguments: "schema must be a JSON Schema of 'type: \"object\"'", "object schema missing
 * properties", "array schema missing items". With `strict` every object is closed and all its properties are required
 * (https://platform.openai.com/docs/guides/structured-outputs#supported-schemas).
 */
export function checkParameters(schema: unknown, strict: boolean, path: string, found: Violations): void {
  if (schema === undefined || schema === null) return
  const object = asObject(schema)
  if (!found.need(object?.['type'] === 'object', path, 'schema must be of type "object"') || object === undefined)
    return
  found.need(asObject(object['properties']) !== undefined, path, 'object schema missing properties')
  eachSchema(object, path, (each, where) => {
    if (hasType(each, 'array')) found.need(each['items'] !== undefined, where, 'array schema missing items')
    if (strict) checkStrict(each, where, found)
  })
}

function checkStrict(schema: Json, path: string, found: Violations): void {
  const properties = asObject(schema['properties'])
  if (properties === undefined) return
  found.need(schema['additionalProperties'] === false, path, 'strict: "additionalProperties" must be false')
  const required = arrayAt(schema, 'required') ?? []
  for (const name of Object.keys(properties)) {
    found.need(required.includes(name), path, `strict: property "${name}" must be required`)
  }
}

/** A named schema for the answer: `response_format.json_schema` of Chat, `text.format` of Responses. */
export function checkOutputSchema(format: unknown, path: string, found: Violations): void {
  checkName(at(format, 'name'), `${path}.name`, found)
  const schema = at(format, 'schema')
  if (found.need(asObject(schema) !== undefined, `${path}.schema`, 'is required') && at(format, 'strict') === true) {
    eachSchema(schema, `${path}.schema`, (each, where) => checkStrict(each, where, found))
  }
}

/** "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'". */
export function checkJsonMode(prompt: unknown, path: string, found: Violations): void {
  found.need(/json/i.test(JSON.stringify(prompt)), path, 'json_object needs the word JSON in the prompt')
}

export const EFFORTS: readonly unknown[] = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']
