import type { ChatRequest } from '../../chat/request.ts'
import { asRecord } from '../shared/values.ts'
import { BadRequest, type RouteHints } from '../types.ts'
import { decodeConfig } from './decode-config.ts'
import { decodeContents, decodeSystem } from './decode-contents.ts'
import { decodeToolChoice, decodeTools } from './decode-tools.ts'
import { field } from './fields.ts'

/**
 * Decodes a generateContent body. Model and stream are in the path: `hints` tells them. Fields and parts that nothing
 * else understands (safetySettings, cachedContent, executed code …) are dropped. Throws `BadRequest` for wrong shapes.
 */
export function decodeRequest(given: Record<string, unknown>, hints: RouteHints = {}): ChatRequest {
  const body = asRecord(field(given, 'generateContentRequest')) ?? given
  const tools = decodeTools(body['tools'])
  const toolChoice = tools.length === 0 ? undefined : decodeToolChoice(field(body, 'toolConfig'))
  return {
    model: readModel(body['model'], hints),
    messages: [...decodeSystem(field(body, 'systemInstruction')), ...decodeContents(body['contents'])],
    tools,
    ...(toolChoice !== undefined && { toolChoice }),
    stream: hints.stream === true,
    ...decodeConfig(asRecord(field(body, 'generationConfig'))),
  }
}

/** Model name: the path's, else the body's, which some clients repeat as `models/<name>`. '' when neither names one. */
export function readModel(model: unknown, hints: RouteHints): string {
  if (hints.model !== undefined) return hints.model
  if (model === undefined) return ''
  if (typeof model !== 'string') throw new BadRequest('model must be a string', 'model')
  return model.replace(/^models\//, '')
}
