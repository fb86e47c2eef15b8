import { isRecord } from '../../lib/is-record.ts'
import type { JsonOutline } from '../../lib/json-outline.ts'
import { byteLength, estimateTokens } from '../shared/facts.ts'
import { openingOf, readTurns } from '../shared/turn-facts.ts'
import { asNumber, parseJson, toRecord, toText, type JsonRecord } from '../shared/values.ts'
import { BadRequest } from '../types.ts'
import type { RequestFacts } from '../types.ts'
import { isBillingHeader } from './system-prompt.ts'
import { messageTurns } from './turn-format.ts'

/**
 * Reads the routing facts of a Messages body. Only small members and the messages that matter are parsed.
 * Throws `BadRequest` when model or messages are not what they must be. `max_tokens` may be missing.
 */
export function readFacts(outline: JsonOutline): RequestFacts {
  const given = outline.value('model')
  const model = given === undefined ? '' : given
  if (typeof model !== 'string') throw new BadRequest('model: expected a string', 'model')
  const messages = outline.span('messages')
  const spans = messages === undefined ? undefined : outline.elements(messages)
  if (messages === undefined || spans === undefined) throw new BadRequest('messages: expected a list', 'messages')
  if (spans.length === 0) throw new BadRequest('messages: at least one message is required', 'messages')
  const { base64, ...turns } = readTurns(outline, spans, messageTurns)
  const tools = outline.span('tools')
  const maxTokens = asNumber(outline.value('max_tokens')) ?? 0
  const text = byteLength(outline.span('system')) + byteLength(messages) + byteLength(tools) - base64
  return {
    model,
    stream: outline.value('stream') === true,
    ...turns,
    system: readSystem(outline),
    tools: tools === undefined ? 0 : (outline.elements(tools)?.length ?? 0),
    toolForced: ['any', 'tool'].includes(toText(toRecord(outline.value('tool_choice'))['type'])),
    toolsBytes: byteLength(tools),
    json: wantsSchema(outline) ? 'schema' : 'none',
    thinking: readThinking(toRecord(outline.value('thinking'))),
    inputTokens: estimateTokens(text),
    maxOutputTokens: Math.max(0, maxTokens),
    session: readSession(toText(toRecord(outline.value('metadata'))['user_id'])),
  }
}

function readSystem(outline: JsonOutline): string {
  const span = outline.span('system')
  if (span === undefined) return ''
  const blocks = outline.elements(span)
  if (blocks === undefined) return openingOf([toText(outline.parse(span))])
  const texts = function* (): Generator<string> {
    for (const block of blocks) {
      const text = blockText(outline.parse(block))
      if (!isBillingHeader(text)) yield text
    }
  }
  return openingOf(texts())
}

function blockText(block: unknown): string {
  return isRecord(block) ? toText(block['text']) : ''
}

function wantsSchema(outline: JsonOutline): boolean {
  const format = toRecord(toRecord(outline.value('output_config'))['format'])
  return [format, toRecord(outline.value('output_format'))].some((wanted) => wanted['type'] === 'json_schema')
}

function readThinking(thinking: JsonRecord): RequestFacts['thinking'] {
  switch (thinking['type']) {
    case 'enabled':
    case 'adaptive':
    case 'between_tools':
      return 'on'
    case 'disabled':
      return 'off'
    default:
      return 'unset'
  }
}

/** Claude Code writes a JSON object with a `session_id` into the user id (recorded traffic). */
function readSession(userId: string): string {
  const value = userId.startsWith('{') ? parseJson(userId) : undefined
  const session = toText(toRecord(value)['session_id'])
  return session === '' ? userId : session
}
