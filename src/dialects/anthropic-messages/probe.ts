import type { JsonOutline } from '../../lib/json-outline.ts'
import { asArray, asRecord, asText } from '../shared/values.ts'

/**
 * What Claude Code says when it only wants to see an answer at all: the preflight of its rate limits, and the check of its
 * key. Its probe of a model ("Hi") is none of them: whether a name leads to a model, only that model can tell.
 * Source: https://github.com/Menci/Floway/pull/440 (one-token probes of Claude Code).
 */
const PROBES: readonly string[] = ['quota', 'test']

/** Fields that a probe has, and perhaps `metadata`. */
const FIELDS: readonly string[] = ['model', 'max_tokens', 'messages', 'metadata', 'temperature', 'stream']

/** Answer to a probe of one token; undefined for all other requests. It counts no tokens: none were used. */
export function probeReply(outline: JsonOutline): Record<string, unknown> | undefined {
  if (outline.value('max_tokens') !== 1 || outline.value('stream') === true) return undefined
  if (outline.members.some(({ name }) => !FIELDS.includes(name))) return undefined
  const messages = asArray(outline.value('messages'))
  const only = messages?.length === 1 ? asRecord(messages[0]) : undefined
  if (only?.['role'] !== 'user' || !PROBES.includes(textOf(only['content']))) return undefined
  return {
    id: 'msg_probe',
    type: 'message',
    role: 'assistant',
    model: asText(outline.value('model')) ?? '',
    content: [{ type: 'text', text: 'ok' }],
    stop_reason: 'max_tokens',
    stop_sequence: null,
    usage: { input_tokens: 0, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 0 },
  }
}

function textOf(content: unknown): string {
  const blocks = asArray(content)
  const text = blocks === undefined ? content : blocks.length === 1 ? asRecord(blocks[0])?.['text'] : undefined
  return asText(text) ?? ''
}
