import type { FunctionTool, Tool, ToolChoice } from '../../chat/request.ts'
import { asArray, asRecord, asText, type JsonRecord } from '../shared/values.ts'
import { fromOpenApi } from './decode-schema.ts'
import { field, recordsOf } from './fields.ts'

/** Decodes `tools`. What is no function (googleSearch, codeExecution, urlContext …) runs on Google's servers. */
export function decodeTools(tools: unknown): Tool[] {
  return recordsOf(tools).flatMap((tool) =>
    Object.entries(tool).flatMap(([name, value]): Tool[] => {
      if (name === 'functionDeclarations' || name === 'function_declarations') {
        return recordsOf(value).flatMap((declaration) => decodeFunction(declaration) ?? [])
      }
      return [{ type: 'native', dialect: 'gemini', name, raw: { [name]: value } }]
    }),
  )
}

/** A function without a name is left out: it cannot be called. */
function decodeFunction(declaration: JsonRecord): FunctionTool | undefined {
  const name = asText(declaration['name'])
  if (name === undefined) return undefined
  const description = asText(declaration['description'])
  const openApi = asRecord(declaration['parameters'])
  const schema =
    asRecord(field(declaration, 'parametersJsonSchema')) ?? (openApi === undefined ? undefined : fromOpenApi(openApi))
  return {
    type: 'function',
    name,
    ...(description !== undefined && { description }),
    ...(schema !== undefined && { schema }),
  }
}

/**
 * Decodes `toolConfig`. `ANY` with one allowed name demands that function, with several just any; `VALIDATED` lets the
 * model choose between a call and text, as `AUTO` does.
 */
export function decodeToolChoice(toolConfig: unknown): ToolChoice | undefined {
  const calling = asRecord(field(asRecord(toolConfig), 'functionCallingConfig'))
  switch ((asText(field(calling, 'mode')) ?? '').toUpperCase()) {
    case 'AUTO':
    case 'VALIDATED':
      return { type: 'auto' }
    case 'NONE':
      return { type: 'none' }
    case 'ANY': {
      const names = (asArray(field(calling, 'allowedFunctionNames')) ?? []).flatMap((name) => asText(name) ?? [])
      return names.length === 1 && names[0] !== undefined ? { type: 'tool', name: names[0] } : { type: 'required' }
    }
    default:
      return undefined
  }
}
