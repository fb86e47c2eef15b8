import type { AssistantMessage, Message, ToolMessage, UserMessage } from '../../chat/request.ts'
import { CallMatcher } from '../shared/call-matcher.ts'
import { contentTexts } from '../shared/content.ts'
import { unsaidOf } from '../shared/unsaid.ts'
import { asArray, asRecord, asText, type JsonRecord } from '../shared/values.ts'
import { BadRequest } from '../types.ts'
import { argumentsText } from './arguments.ts'
import { decodeImages } from './images.ts'

export type Role = Message['role']

/** A role as Ollama reads it: in any case. Undefined for roles that only some templates know (`control`, `document`). */
export function readRole(role: unknown): Role | undefined {
  switch (asText(role)?.toLowerCase()) {
    case 'system':
    case 'developer':
      return 'system'
    case 'user':
      return 'user'
    case 'assistant':
      return 'assistant'
    case 'tool':
    case 'function':
      return 'tool'
    default:
      return undefined
  }
}

/**
 * Decodes the conversation. Messages of unknown roles are left out, and so are images that are neither the user's nor
 * a tool's. Throws `BadRequest` for a message that is no object or has no role.
 */
export function decodeMessages(messages: readonly unknown[]): Message[] {
  const records = messages.map((message, at) => checkMessage(message, `messages.${at}`))
  const calls = new CallMatcher(new Set(records.flatMap(callsOf).flatMap((call) => asText(call['id']) ?? [])))
  return records.flatMap((message, at): Message[] => {
    switch (readRole(message['role'])) {
      case 'system':
        return [{ role: 'system', content: texts(message) }]
      case 'user':
        return [decodeUser(message, `messages.${at}`)]
      case 'assistant':
        // Some clients write a message for each call: only a new turn leaves earlier calls unanswered.
        if (readRole(records[at - 1]?.['role']) !== 'assistant') calls.nextTurn()
        return [decodeAssistant(message, calls)]
      case 'tool':
        return [decodeResult(message, calls)]
      default:
        return []
    }
  })
}

function checkMessage(message: unknown, param: string): JsonRecord {
  const record = asRecord(message)
  if (record === undefined) throw new BadRequest('a message must be an object', param)
  if (asText(record['role']) === undefined) throw new BadRequest('role must be a string', `${param}.role`)
  return record
}

function callsOf(message: JsonRecord): JsonRecord[] {
  return (asArray(message['tool_calls']) ?? []).map(asRecord).filter((call) => call !== undefined)
}

function decodeUser(message: JsonRecord, where: string): UserMessage {
  const content = [...decodeImages(message['images']), ...texts(message)]
  return { role: 'user', content, ...(content.length === 0 && unsaidOf(message['content'], `${where}.content`)) }
}

function decodeAssistant(message: JsonRecord, calls: CallMatcher): AssistantMessage {
  const thinking = asText(message['thinking'])
  const content: AssistantMessage['content'] = []
  if (thinking !== undefined) content.push({ type: 'thinking', text: thinking })
  content.push(...texts(message))
  for (const call of callsOf(message)) {
    const definition = asRecord(call['function'])
    const name = asText(definition?.['name'])
    if (name === undefined) continue
    const id = calls.call(call, name)
    content.push({ type: 'tool_call', id, name, arguments: argumentsText(definition?.['arguments']) })
  }
  return { role: 'assistant', content }
}

/** Ids are optional in this dialect, and most clients send none: then the result is found by its tool's name and order. */
function decodeResult(message: JsonRecord, calls: CallMatcher): ToolMessage {
  const name = asText(message['tool_name']) ?? asText(message['name'])
  const callId = calls.result({ id: message['tool_call_id'], name })
  const content = [...texts(message), ...decodeImages(message['images'])]
  return { role: 'tool', callId, ...(name !== undefined && { name }), content }
}

/** Content is one string; text parts, which Ollama itself refuses, are taken too. */
function texts(message: JsonRecord): { type: 'text'; text: string }[] {
  return contentTexts(message['content']).map((text) => ({ type: 'text', text }))
}
