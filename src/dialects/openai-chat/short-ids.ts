import type { JsonOutline } from '../../lib/json-outline.ts'
import { CallIds, MAX_CHAT_ID } from '../shared/call-ids.ts'
import { asArray, asRecord, asText, type JsonRecord } from '../shared/values.ts'

/** A tool-call id that is too long for OpenAI, in the bytes of a body. Escapes make it longer, never shorter. */
const LONG_ID = new RegExp(`"(?:tool_call_)?id"\\s*:\\s*"[^"]{${MAX_CHAT_ID + 1}}`)

/**
 * `messages` with shorter tool-call ids, as JSON text; undefined when none is too long. Ids of other providers are: vLLM
 * makes some of 46 characters, and a session may have begun there.
 */
export function shortenIds(outline: JsonOutline): string | undefined {
  const span = outline.span('messages')
  if (span === undefined) return undefined
  const text = outline.bytes.toString('utf8', span.start, span.end)
  if (!LONG_ID.test(text)) return undefined
  const ids = new CallIds(MAX_CHAT_ID)
  const messages = asArray(JSON.parse(text)) ?? []
  return JSON.stringify(messages.map((message) => shorten(asRecord(message), ids) ?? message))
}

function shorten(message: JsonRecord | undefined, ids: CallIds): JsonRecord | undefined {
  const given = asText(message?.['tool_call_id'])
  if (given !== undefined) return { ...message, tool_call_id: ids.result(given) ?? given }
  const calls = asArray(message?.['tool_calls'])
  if (calls === undefined) return undefined
  const renamed = calls.map((call) => {
    const record = asRecord(call)
    const id = asText(record?.['id'])
    return record === undefined || id === undefined ? call : { ...record, id: ids.call(id) }
  })
  return { ...message, tool_calls: renamed }
}
