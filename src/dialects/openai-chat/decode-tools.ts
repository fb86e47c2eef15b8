import type { OutputFormat, Tool, ToolChoice } from '../../chat/request.ts'
import { asArray, asBoolean, asRecord, asText, type JsonRecord } from './values.ts'

/** Decodes `tools`, or the older `functions`. Entries without a name are left out. */
export function decodeTools(tools: unknown, functions: unknown): Tool[] {
  const decoded = (asArray(tools) ?? []).flatMap((tool) => decodeTool(asRecord(tool)) ?? [])
  if (decoded.length > 0) return decoded
  return (asArray(functions) ?? []).flatMap((definition) => decodeFunction(asRecord(definition)) ?? [])
}

function decodeTool(tool: JsonRecord | undefined): Tool | undefined {
  if (tool === undefined) return undefined
  const type = tool['type'] ?? 'function'
  // Some clients send the flat shape of Responses: the name beside the type.
  if (type === 'function') return decodeFunction(asRecord(tool['function']) ?? tool)
  const name = asText(asRecord(tool['custom'])?.['name']) ?? asText(tool['name']) ?? asText(type)
  return name === undefined ? undefined : { type: 'native', dialect: 'openai-chat', name, raw: tool }
}

function decodeFunction(definition: JsonRecord | undefined): Tool | undefined {
  const name = asText(definition?.['name'])
  if (definition === undefined || name === undefined) return undefined
  const description = asText(definition['description'])
  const schema = asRecord(definition['parameters'])
  const strict = asBoolean(definition['strict'])
  return {
    type: 'function',
    name,
    ...(description !== undefined && { description }),
    ...(schema !== undefined && { schema }),
    ...(strict !== undefined && { strict }),
  }
}

/** Decodes `tool_choice`, or the older `function_call`. Unknown choices are undefined: the default holds. */
export function decodeToolChoice(choice: unknown, functionCall?: unknown): ToolChoice | undefined {
  const value = choice ?? functionCall
  switch (value) {
    case 'auto':
    case 'none':
    case 'required':
      return { type: value }
    case 'any':
      return { type: 'required' }
    default:
      return decodeChoiceObject(asRecord(value))
  }
}

function decodeChoiceObject(choice: JsonRecord | undefined): ToolChoice | undefined {
  if (choice === undefined) return undefined
  if (choice['type'] === 'allowed_tools') {
    const mode = asRecord(choice['allowed_tools'])?.['mode']
    return { type: mode === 'required' ? 'required' : 'auto' }
  }
  const named = asRecord(choice['function']) ?? asRecord(choice['custom']) ?? choice
  const name = asText(named['name'])
  return name === undefined ? undefined : { type: 'tool', name }
}

/** Decodes `response_format`; `text` and unknown types are undefined. */
export function decodeOutput(format: unknown): OutputFormat | undefined {
  const record = asRecord(format)
  if (record?.['type'] === 'json_object') return { type: 'json' }
  if (record?.['type'] !== 'json_schema') return undefined
  const wrapper = asRecord(record['json_schema'])
  const schema = asRecord(wrapper?.['schema'])
  // A named format without a schema asks for JSON and says no more.
  if (schema === undefined) return { type: 'json' }
  const name = asText(wrapper?.['name'])
  const strict = asBoolean(wrapper?.['strict'])
  return {
    type: 'json_schema',
    schema,
    ...(name !== undefined && { name }),
    ...(strict !== undefined && { strict }),
  }
}
