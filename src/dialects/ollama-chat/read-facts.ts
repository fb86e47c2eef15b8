import type { JsonOutline, Span } from '../../lib/json-outline.ts'
import { BadRequest, type RequestFacts } from '../types.ts'
import { decodeFormat, decodeThink, readMaxTokens, readStream } from './decode-fields.ts'
import { readTurns } from './read-turns.ts'
import { decodeToolChoice } from '../shared/openai-tools.ts'
import { checkModel } from '../shared/request-fields.ts'

/**
 * Reads the routing facts of the body of POST /api/chat. Only small members and the messages that matter are parsed.
 * A request without messages only loads the model: its facts have empty turns. Throws `BadRequest` when `model` is not
 * a string or `messages` is not an array of objects.
 */
export function readFacts(outline: JsonOutline): RequestFacts {
  const place = outline.span('messages')
  const messages = place === undefined || outline.bytes[place.start] === NULL ? undefined : place
  const spans = messages === undefined ? [] : outline.elements(messages)
  if (spans === undefined) throw new BadRequest('messages must be an array', 'messages')
  const { base64, ...turns } = readTurns(outline, spans)
  const tools = outline.span('tools')
  const offered = tools === undefined ? 0 : (outline.elements(tools)?.length ?? 0)
  const toolsBytes = offered === 0 ? 0 : byteLength(tools)
  const choice = offered === 0 ? undefined : decodeToolChoice(outline.value('tool_choice'))
  return {
    ...readSettings(outline),
    ...turns,
    tools: offered,
    toolForced: choice?.type === 'required' || choice?.type === 'tool',
    toolsBytes,
    documents: false,
    inputTokens: Math.ceil(Math.max(0, byteLength(messages) + toolsBytes - base64) / 4),
  }
}

/** First byte of `null`. */
const NULL = 0x6e

/** The facts that do not depend on the conversation. */
export function readSettings(
  outline: JsonOutline,
): Pick<RequestFacts, 'model' | 'stream' | 'json' | 'thinking' | 'maxOutputTokens' | 'session'> {
  const output = decodeFormat(outline.value('format'))
  const thinking = decodeThink(outline.value('think'))
  return {
    model: checkModel(outline.value('model')),
    stream: readStream(outline.value('stream')),
    json: output === undefined ? 'none' : output.type === 'json' ? 'object' : 'schema',
    thinking: thinking === undefined ? 'unset' : thinking.mode === 'off' ? 'off' : 'on',
    maxOutputTokens: readMaxTokens(outline.value('options')) ?? 0,
    session: '',
  }
}

/** Bytes of a value; 0 when it is absent. */
export function byteLength(span: Span | undefined): number {
  return span === undefined ? 0 : span.end - span.start
}
