import type { Tool, ToolChoice } from '../../chat/request.ts'
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
