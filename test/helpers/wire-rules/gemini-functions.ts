// Function declarations of the Gemini API.
import { at, list, textAt, type Json } from '../grid-json.ts'
import { FUNCTION_NAME } from './gemini-contents.ts'
import { eachSchema } from './json-schema.ts'
import { arrayAt, asObject, repeated, type Violations } from './violations.ts'

const TOOLS: readonly string[] = [
  'functionDeclarations', 'googleSearch', 'googleSearchRetrieval', 'codeExecution', 'urlContext', 'computerUse',
  'googleMaps', 'fileSearch', 'mcpServers',
] // prettier-ignore
const DECLARATION: readonly string[] = [
  'name', 'description', 'behavior', 'parameters', 'parametersJsonSchema', 'response', 'responseJsonSchema',
] // prettier-ignore
/** Members of `Schema` (https://ai.google.dev/api/caching#Schema); other keywords of JSON Schema are refused there. */
const SCHEMA: readonly string[] = [
  'type', 'format', 'title', 'description', 'nullable', 'enum', 'maxItems', 'minItems', 'properties', 'required',
  'minProperties', 'maxProperties', 'minLength', 'maxLength', 'pattern', 'example', 'anyOf', 'propertyOrdering',
  'default', 'items', 'minimum', 'maximum',
] // prettier-ignore

/** Checks `tools`; gives the names of the declared functions. */
export function checkFunctions(tools: readonly Json[], found: Violations): string[] {
  const names = tools.flatMap((tool, n) => {
    found.known(tool, `tools[${n}]`, TOOLS)
    return list(tool, 'functionDeclarations').map((declared, m) => {
      checkDeclaration(declared, `tools[${n}].functionDeclarations[${m}]`, found)
      return textAt(declared, 'name')
    })
  })
  found.need(repeated(names).length === 0, 'tools', `duplicate function declaration: ${repeated(names).join(', ')}`)
  return names
}

function checkDeclaration(declared: Json, path: string, found: Violations): void {
  found.known(declared, path, DECLARATION)
  const name = textAt(declared, 'name')
  found.need(FUNCTION_NAME.test(name), `${path}.name`, `invalid function name ${name}`)
  const isBoth = declared['parameters'] !== undefined && declared['parametersJsonSchema'] !== undefined
  found.need(!isBoth, path, 'parameters and parameters_json_schema are mutually exclusive')
  if (declared['parameters'] !== undefined) checkSchema(declared['parameters'], `${path}.parameters`, found)
  const schema = declared['parametersJsonSchema']
  if (schema === undefined) return
  const where = `${path}.parametersJsonSchema`
  found.need(at(schema, 'type') === 'object', where, 'schema should be of type OBJECT')
  eachSchema(schema, where, (each, inner) => {
    if (each['$ref'] === undefined) return
    const beside = Object.keys(each).filter((key) => !key.startsWith('$'))
    found.need(beside.length === 0, inner, `$ref stands beside ${beside.join(', ')}`)
  })
}

/** "properties: should be non-empty for OBJECT type", "items: missing field", "enum: only allowed for STRING type". */
function checkSchema(schema: unknown, path: string, found: Violations): void {
  found.known(schema, path, SCHEMA)
  const type = textAt(schema, 'type').toUpperCase()
  const properties = asObject(at(schema, 'properties')) ?? {}
  if (type === 'ARRAY') found.need(at(schema, 'items') !== undefined, `${path}.items`, 'missing field')
  const isEnum = at(schema, 'enum') !== undefined
  found.need(!isEnum || type === 'STRING', `${path}.enum`, 'only allowed for STRING type')
  for (const name of arrayAt(schema, 'required') ?? []) {
    found.need(Object.hasOwn(properties, String(name)), `${path}.required`, `property ${String(name)} is not defined`)
  }
  for (const [name, inner] of Object.entries(properties)) checkSchema(inner, `${path}.properties.${name}`, found)
  if (at(schema, 'items') !== undefined) checkSchema(at(schema, 'items'), `${path}.items`, found)
  arrayAt(schema, 'anyOf')?.forEach((inner, n) => checkSchema(inner, `${path}.anyOf[${n}]`, found))
}
