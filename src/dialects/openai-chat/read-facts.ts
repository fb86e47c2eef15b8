import type { JsonOutline } from '../../lib/json-outline.ts'
import { byteLength, estimateTokens, settingFacts } from '../shared/facts.ts'
import { decodeThinking } from '../shared/openai-thinking.ts'
import { decodeToolChoice } from '../shared/openai-tools.ts'
import { checkModel } from '../shared/request-fields.ts'
import { readTurns } from '../shared/turn-facts.ts'
import { asRecord, asText } from '../shared/values.ts'
import { BadRequest, type RequestFacts } from '../types.ts'
import { decodeOutput } from './decode-output.ts'
import { readMaxTokens } from './decode-request.ts'
import { chatTurns } from './turn-format.ts'

/**
 * Reads the routing facts of a Chat Completions body. Only the fields asked for and the messages that can hold them
 * are parsed. Throws `BadRequest` when `model` is not a string or `messages` is not an array of objects.
 */
export function readFacts(outline: JsonOutline): RequestFacts {
  const field = (name: string): unknown => outline.value(name)
  const model = checkModel(field('model'))
  const span = outline.span('messages')
  const spans = span === undefined ? undefined : outline.elements(span)
  if (spans === undefined || spans.length === 0) {
    throw new BadRequest('messages must be an array with at least one message', 'messages')
  }
  const { base64, ...turns } = readTurns(outline, spans, chatTurns)
  const tools = readTools(outline)
  const choice = tools.count === 0 ? undefined : decodeToolChoice(field('tool_choice'), field('function_call'))
  return {
    model,
    stream: field('stream') === true,
    tools: tools.count,
    toolsBytes: tools.bytes,
    ...settingFacts(decodeOutput(field('response_format')), decodeThinking(field), choice),
    inputTokens: estimateTokens(byteLength(span) + tools.bytes - base64),
    maxOutputTokens: readMaxTokens(field) ?? 0,
    session: readSession(field),
    ...turns,
  }
}

function readTools(outline: JsonOutline): { count: number; bytes: number } {
  for (const name of ['tools', 'functions']) {
    const span = outline.span(name)
    const count = (span === undefined ? undefined : outline.elements(span))?.length ?? 0
    if (span !== undefined && count > 0) return { count, bytes: span.end - span.start }
  }
  return { count: 0, bytes: 0 }
}

function readSession(field: (name: string) => unknown): string {
  return (
    asText(field('prompt_cache_key')) ??
    asText(field('user')) ??
    asText(asRecord(field('metadata'))?.['session_id']) ??
    ''
  )
}
