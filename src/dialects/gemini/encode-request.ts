import type { ChatRequest, Message, OutputFormat } from '../../chat/request.ts'
import { schemaInstruction } from '../shared/schema-instruction.ts'
import type { JsonRecord } from '../shared/values.ts'
import { GEMINI_NAMES, renameTools } from '../shared/tool-names.ts'
import type { EncodedRequest, EncodeTarget } from '../types.ts'
import { encodeContents } from './encode-contents.ts'
import { encodeText } from './encode-parts.ts'
import { encodeSchema } from './encode-schema.ts'
import { encodeThinking } from './encode-thinking.ts'
import { encodeToolFields } from './encode-tools.ts'
import { generationOf } from './generation.ts'

/** Most stop sequences that the API takes. */
const MAX_STOPS = 5
/** Encodes a generateContent body; model and stream go into the path. Says what had to be left out. */
export function encodeRequest(given: ChatRequest, target: EncodeTarget): EncodedRequest {
  const { request, renamed } = renameTools(given, GEMINI_NAMES)
  const notes = new Set<string>()
  const leading = countLeadingSystem(request.messages)
  const tools = encodeToolFields(request, target, notes)
  const output = planOutput(request.output, tools['tools'] !== undefined, target, notes)
  const system = encodeSystem(request.messages.slice(0, leading), output.instruction)
  const generationConfig: JsonRecord = { ...encodeConfig(request, target, notes), ...output.config }
  if (request.user !== undefined) notes.add('user')
  const body: JsonRecord = {
    contents: encodeContents(request.messages.slice(leading), generationOf(target.model).version >= 3, notes),
    ...(system.length > 0 && { systemInstruction: { parts: system } }),
    ...tools,
    ...(Object.keys(generationConfig).length > 0 && { generationConfig }),
  }
  for (const name of target.quirks.drop_parameters ?? []) {
    for (const place of [body, generationConfig]) {
      if (!(name in place) || name === 'contents') continue
      delete place[name]
      notes.add(name)
    }
  }
  return { body, dropped: [...notes], ...(renamed !== undefined && { renamed }) }
}

function countLeadingSystem(messages: readonly Message[]): number {
  const first = messages.findIndex((message) => message.role !== 'system')
  return first === -1 ? messages.length : first
}

function encodeSystem(messages: readonly Message[], instruction: string): JsonRecord[] {
  const texts = messages.flatMap((message) =>
    message.role === 'system' ? message.content.flatMap((part) => encodeText(part.text)) : [],
  )
  return [...texts, ...encodeText(instruction)]
}

interface OutputPlan {
  config: JsonRecord
  /** What the config cannot say, for the system prompt; '' when it says it all. */
  instruction: string
}

/** JSON output with tools is refused before Gemini 3 ("Function calling with a response mime type … is unsupported"). */
function planOutput(
  output: OutputFormat | undefined,
  hasTools: boolean,
  target: EncodeTarget,
  notes: Set<string>,
): OutputPlan {
  if (output === undefined) return { config: {}, instruction: '' }
  if (hasTools && generationOf(target.model).version < 3) {
    notes.add(output.type === 'json' ? 'json' : 'json_schema')
    return { config: {}, instruction: schemaInstruction(output) }
  }
  const config = { responseMimeType: 'application/json' }
  if (output.type === 'json') return { config, instruction: '' }
  if (target.quirks.json_schema === false) {
    notes.add('json_schema')
    return { config, instruction: schemaInstruction(output) }
  }
  const responseJsonSchema = encodeSchema(output.schema, target.quirks.drop_schema_keywords ?? [])
  return { config: { ...config, responseJsonSchema }, instruction: '' }
}

function encodeConfig(request: ChatRequest, target: EncodeTarget, notes: Set<string>): JsonRecord {
  const { maxTokens, temperature, topP, topK, seed, presencePenalty, frequencyPenalty } = request
  const stop = (request.stop ?? []).filter((text) => text !== '').slice(0, MAX_STOPS)
  if (stop.length < (request.stop?.length ?? 0)) notes.add('stop')
  // A seed is a 32-bit integer.
  const seeds = seed !== undefined && (seed | 0) === seed
  if (seed !== undefined && !seeds) notes.add('seed')
  const thinkingConfig = encodeThinking(request.thinking, target, notes)
  return {
    ...(maxTokens !== undefined && { maxOutputTokens: Math.min(maxTokens, target.output ?? Infinity) }),
    ...(temperature !== undefined && { temperature: Math.min(2, Math.max(0, temperature)) }),
    ...(topP !== undefined && { topP }),
    ...(topK !== undefined && { topK }),
    ...(stop.length > 0 && { stopSequences: stop }),
    ...(seeds && { seed }),
    ...(presencePenalty !== undefined && { presencePenalty }),
    ...(frequencyPenalty !== undefined && { frequencyPenalty }),
    ...(thinkingConfig !== undefined && { thinkingConfig }),
  }
}
