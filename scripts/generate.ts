// Writes what is derived from the schemas (types, validators, the profile's defaults) and from the intent cues (their
// index). Run by `npm run generate`.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type standaloneCode from 'ajv/dist/standalone/index.js'
import { compile } from 'json-schema-to-typescript'
import { allCues } from '../src/policy/intent/all-cues.ts'
import { encodeCues } from '../src/policy/intent/encode-cues.ts'

const ROOT = join(import.meta.dirname, '..')
const PROFILE = 'profile.schema.json'
const LOCK = 'lock.schema.json'

/** Keywords that are there for readers only. */
const ANNOTATIONS = new Set(['title', 'description', 'examples', 'default'])
/** Keywords whose value is a map of schemas. */
const MAPS = new Set(['properties', 'patternProperties', '$defs', 'dependentSchemas'])

interface SchemaNode {
  $ref?: string
  default?: unknown
  properties?: Record<string, SchemaNode>
  $defs?: Record<string, SchemaNode>
}

/** The generated files: path from the project's root → content. */
export async function generate(): Promise<Record<string, string>> {
  const defaults = generateDefaults(JSON.parse(readSchema(PROFILE)) as SchemaNode)
  return {
    ...(await generateReader('src/profile', PROFILE, 'ProfileDocument')),
    'src/profile/defaults.generated.ts': `${header(PROFILE)}\n${defaults}`,
    ...(await generateReader('src/catalog/lock', LOCK, 'LockDocument')),
    'src/policy/intent/cues.generated.ts': generateCues(),
  }
}

/** Types and validator of the documents that a schema describes. */
async function generateReader(folder: string, schema: string, type: string): Promise<Record<string, string>> {
  const text = readSchema(schema)
  return {
    [`${folder}/types.generated.ts`]: await generateTypes(text, header(schema), type),
    [`${folder}/validate.generated.js`]: header(schema) + generateValidator(JSON.parse(text) as SchemaNode),
    [`${folder}/validate.generated.d.ts`]: header(schema) + validatorTypes(type),
  }
}

function readSchema(name: string): string {
  return readFileSync(join(ROOT, 'schemas', name), 'utf8')
}

function header(schema: string): string {
  return `// Generated from schemas/${schema} by \`npm run generate\`. Do not edit.\n`
}

function generateTypes(text: string, banner: string, name: string): Promise<string> {
  // beside `$ref`, a description would make a type of its own for every use
  const schema = mapSchema(JSON.parse(text), (node) => (node.$ref === undefined ? node : { $ref: node.$ref }))
  return compile(schema as Parameters<typeof compile>[0], name, {
    additionalProperties: false,
    bannerComment: banner.trimEnd(),
    // without this, `maxItems` would become unions of tuples
    ignoreMinAndMaxItems: true,
    strictIndexSignatures: false,
    style: { semi: false, singleQuote: true, printWidth: 120 },
  })
}

/** `default` of every property of the definitions that have some: `{ serve: { port: 8790 } }`. */
function generateDefaults(schema: SchemaNode): string {
  const blocks = Object.entries(schema.$defs ?? {}).flatMap(([name, { properties = {} }]) => {
    const lines = Object.entries(properties)
      .filter(([, property]) => property.default !== undefined)
      .map(([key, property]) => `  ${key}: ${JSON.stringify(property.default).replaceAll('"', "'")},\n`)
    return lines.length === 0 ? [] : [`export const ${name.toUpperCase()}_DEFAULTS = {\n${lines.join('')}} as const\n`]
  })
  return blocks.join('\n')
}

function generateCues(): string {
  const cues = JSON.stringify(encodeCues(allCues()), null, 2)
  return `// Generated from the cues in this folder by \`npm run generate\`. Do not edit.
import type { EncodedCues } from './encode-cues.ts'

export const ENCODED_CUES: EncodedCues = ${cues}
`
}

function generateValidator(schema: SchemaNode): string {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: true,
    // `required` in a condition may name a property that is described outside of it
    strictRequired: false,
    allowUnionTypes: true,
    code: { source: true, esm: true, lines: true },
  })
  ajv.addKeyword({ keyword: 'patternErrorMessage', schemaType: 'string' })
  // Its types promise a default export, the module is a function.
  const standalone = createRequire(import.meta.url)('ajv/dist/standalone/index.js') as typeof standaloneCode.default
  const bare = mapSchema(schema, (node) =>
    Object.fromEntries(Object.entries(node).filter(([keyword]) => !ANNOTATIONS.has(keyword))),
  )
  const code = standalone(ajv, ajv.compile(bare))
  const helper = /require\([^)]*\)/.exec(code)
  if (helper) throw new Error(`the schema uses a keyword whose validator needs ${helper[0]} at run time`)
  return code.replace(/export default \w+;?\n?/, '')
}

/** Applies a change to every schema inside the schema, itself last. */
function mapSchema(schema: SchemaNode, change: (node: SchemaNode) => SchemaNode): SchemaNode {
  const entries = Object.entries(schema).map(([keyword, value]: [string, unknown]): [string, unknown] => {
    if (MAPS.has(keyword)) return [keyword, mapValues(value as Record<string, SchemaNode>, change)]
    if (Array.isArray(value)) return [keyword, value.map((item: unknown) => mapNode(item, change))]
    return [keyword, ANNOTATIONS.has(keyword) ? value : mapNode(value, change)]
  })
  return change(Object.fromEntries(entries))
}

function mapValues(map: Record<string, SchemaNode>, change: (node: SchemaNode) => SchemaNode): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).map(([name, node]) => [name, mapNode(node, change)]))
}

function mapNode(value: unknown, change: (node: SchemaNode) => SchemaNode): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? mapSchema(value, change) : value
}

function validatorTypes(type: string): string {
  return `import type { ErrorObject } from 'ajv'
import type { ${type} } from './types.generated.ts'

export declare const validate: {
  (data: unknown): data is ${type}
  errors?: null | ErrorObject[]
}
`
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const [path, content] of Object.entries(await generate())) writeFileSync(join(ROOT, path), content)
}
