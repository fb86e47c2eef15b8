import type { FunctionTool, OutputFormat, Tool, ToolChoice } from '../../chat/request.ts'
import { asArray, asBoolean, asRecord, asText, type JsonRecord } from '../shared/values.ts'
import { flatName, type StandInTool, type ToolOrigin } from './tool-origin.ts'

type Namespace = NonNullable<ToolOrigin['namespace']>

/**
 * Decodes tools: functions, free-text (`custom`) tools and namespaces become function tools, all others (web search,
 * code interpreter …) stay native. Of functions with the same name the first counts.
 */
export function decodeTools(tools: readonly unknown[]): Tool[] {
  const known = new Set<string>()
  return tools
    .flatMap((tool) => decodeTool(asRecord(tool)))
    .filter((tool) => {
      if (tool.type === 'native') return true
      if (known.has(tool.name)) return false
      known.add(tool.name)
      return true
    })
}

function decodeTool(tool: JsonRecord | undefined, namespace?: Namespace): Tool[] {
  if (tool === undefined) return []
  switch (tool['type'] ?? 'function') {
    case 'function':
      return decodeFunction(tool, namespace)
    case 'custom':
      return decodeCustom(tool, namespace)
    case 'namespace':
      return decodeNamespace(tool)
    default: {
      const type = asText(tool['type'])
      return type === undefined ? [] : [{ type: 'native', dialect: 'openai-responses', name: type, raw: tool }]
    }
  }
}

function decodeNamespace(tool: JsonRecord): Tool[] {
  const name = asText(tool['name'])
  if (name === undefined) return []
  const description = asText(tool['description'])
  const namespace = { name, ...(description !== undefined && { description }) }
  return (asArray(tool['tools']) ?? []).flatMap((nested) => decodeTool(asRecord(nested), namespace))
}

function decodeFunction(tool: JsonRecord, namespace: Namespace | undefined): FunctionTool[] {
  // Some clients send the nested shape of Chat Completions.
  const definition = asRecord(tool['function']) ?? tool
  const name = asText(definition['name'])
  if (name === undefined) return []
  const description = asText(definition['description'])
  const schema = asRecord(definition['parameters'])
  const strict = asBoolean(definition['strict'])
  const decoded: FunctionTool = {
    type: 'function',
    name: flatName(namespace?.name, name),
    ...(description !== undefined && { description }),
    ...(schema !== undefined && { schema }),
    ...(strict !== undefined && { strict }),
  }
  if (namespace === undefined) return [decoded]
  const standIn: StandInTool = { ...decoded, origin: { type: 'function', name, namespace, raw: tool } }
  return [standIn]
}

function decodeCustom(tool: JsonRecord, namespace: Namespace | undefined): StandInTool[] {
  const name = asText(tool['name'])
  if (name === undefined) return []
  const description = [asText(tool['description']), grammarNote(asRecord(tool['format']))]
    .filter((text) => text !== undefined)
    .join('\n\n')
  return [
    {
      type: 'function',
      name: flatName(namespace?.name, name),
      ...(description !== '' && { description }),
      schema: {
        type: 'object',
        properties: { input: { type: 'string', description: 'The input of the tool, as plain text.' } },
        required: ['input'],
        additionalProperties: false,
      },
      origin: { type: 'custom', name, ...(namespace !== undefined && { namespace }), raw: tool },
    },
  ]
}

/** The grammar of a free-text tool in words: elsewhere nothing holds the model to it. */
function grammarNote(format: JsonRecord | undefined): string | undefined {
  const definition = asText(format?.['definition'])
  if (format?.['type'] !== 'grammar' || definition === undefined) return undefined
  return `The input must match this ${asText(format['syntax']) ?? 'lark'} grammar:\n${definition}`
}

/** How many function tools a tool is decoded to. */
export function countFunctions(tool: unknown): number {
  return decodeTool(asRecord(tool)).filter(({ type }) => type === 'function').length
}

/** A tool choice, and the names of the only tools that may be called, when the client named some. */
export interface DecodedChoice {
  choice: ToolChoice
  allowed?: ReadonlySet<string>
}

/** Decodes `tool_choice`. Unknown choices are undefined: the default holds. */
export function decodeToolChoice(value: unknown): DecodedChoice | undefined {
  if (value === 'auto' || value === 'none' || value === 'required') return { choice: { type: value } }
  const record = asRecord(value)
  if (record === undefined) return undefined
  if (record['type'] === 'allowed_tools') {
    const names = (asArray(record['tools']) ?? []).flatMap((tool) => chosenName(asRecord(tool)) ?? [])
    return { choice: { type: record['mode'] === 'required' ? 'required' : 'auto' }, allowed: new Set(names) }
  }
  const name = chosenName(record)
  return name === undefined ? undefined : { choice: { type: 'tool', name } }
}

/** Name of a chosen tool; native tools are chosen by their type. */
function chosenName(tool: JsonRecord | undefined): string | undefined {
  const name = asText(tool?.['name']) ?? asText(asRecord(tool?.['function'])?.['name'])
  return name === undefined ? asText(tool?.['type']) : flatName(asText(tool?.['namespace']), name)
}

/** Decodes `text.format`; `text` and unknown types are undefined. */
export function decodeOutput(text: unknown): OutputFormat | undefined {
  const format = asRecord(asRecord(text)?.['format'])
  if (format?.['type'] === 'json_object') return { type: 'json' }
  if (format?.['type'] !== 'json_schema') return undefined
  const schema = asRecord(format['schema'])
  // A named format without a schema asks for JSON and says no more.
  if (schema === undefined) return { type: 'json' }
  const name = asText(format['name'])
  const strict = asBoolean(format['strict'])
  return {
    type: 'json_schema',
    schema,
    ...(name !== undefined && { name }),
    ...(strict !== undefined && { strict }),
  }
}
