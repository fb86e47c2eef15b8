import type { ToolChoice } from '../../chat/request.ts'
import type { JsonOutline } from '../../lib/json-outline.ts'
import { byteLength, estimateTokens, settingFacts } from '../shared/facts.ts'
import { decodeToolChoice } from '../shared/openai-tools.ts'
import { checkModel } from '../shared/request-fields.ts'
import { readTurns } from '../shared/turn-facts.ts'
import { BadRequest, type RequestFacts } from '../types.ts'
import { decodeFormat, decodeThink, readMaxTokens, readStream } from './decode-fields.ts'
import { ollamaTurns } from './turn-format.ts'

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
  const { base64, ...turns } = readTurns(outline, spans, ollamaTurns)
  const tools = outline.span('tools')
  const offered = tools === undefined ? 0 : (outline.elements(tools)?.length ?? 0)
  const toolsBytes = offered === 0 ? 0 : byteLength(tools)
  const choice = offered === 0 ? undefined : decodeToolChoice(outline.value('tool_choice'))
  return {
    ...readSettings(outline, choice),
    ...turns,
    tools: offered,
    toolsBytes,
    inputTokens: estimateTokens(byteLength(messages) + toolsBytes - base64),
  }
}

/** First byte of `null`. */
const NULL = 0x6e

/** The facts that do not depend on the conversation. */
export function readSettings(
  outline: JsonOutline,
  choice?: ToolChoice,
): Pick<RequestFacts, 'model' | 'stream' | 'json' | 'thinking' | 'toolForced' | 'maxOutputTokens' | 'session'> {
  return {
    model: checkModel(outline.value('model')),
    stream: readStream(outline.value('stream')),
    ...settingFacts(decodeFormat(outline.value('format')), decodeThink(outline.value('think')), choice),
    maxOutputTokens: readMaxTokens(outline.value('options')) ?? 0,
    session: '',
  }
}
