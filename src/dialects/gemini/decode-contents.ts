import type {
  AssistantMessage,
  Message,
  TextPart,
  ThinkingPart,
  ToolCallPart,
  ToolMessage,
  UserMessage,
} from '../../chat/request.ts'
import { CallMatcher } from '../shared/call-matcher.ts'
import { asArray, asRecord, asText, type JsonRecord } from '../shared/values.ts'
import { unsaidOf } from '../shared/unsaid.ts'
import { BadRequest } from '../types.ts'
import { decodeModelPart, decodeToolOutput, decodeUserPart } from './decode-parts.ts'
import { field, recordsOf } from './fields.ts'
import { readSignature } from './thought-signature.ts'

/**
 * Decodes `contents`. A user content becomes the results it carries, then a user message of the rest; one of which
 * nothing is left becomes none. Throws `BadRequest` when it is no list of contents with known roles.
 */
export function decodeContents(value: unknown): Message[] {
  const contents = readContents(value)
  const matcher = new CallMatcher(givenIds(contents))
  return joinModel(contents).flatMap(({ role, content, at }): Message[] => {
    const parts = recordsOf(content['parts'])
    if (role === 'model') {
      matcher.nextTurn()
      return decodeModel(parts, matcher)
    }
    return role === 'system' ? decodeSystem(content) : decodeUser(parts, matcher, `contents.${at}.parts`)
  })
}

interface Turn {
  role: ContentRole
  content: JsonRecord
  /** Among the contents of the wire. */
  at: number
}

/** Google's SDKs keep every chunk of a stream as a content of its own: contents of the model in a row are one turn. */
function joinModel(contents: readonly JsonRecord[]): Turn[] {
  const turns: Turn[] = []
  for (const [at, content] of contents.entries()) {
    const role = contentRole(content['role'], `contents.${at}.role`)
    const last = turns.at(-1)
    if (role === 'model' && last?.role === 'model') {
      last.content = { role, parts: [...recordsOf(last.content['parts']), ...recordsOf(content['parts'])] }
    } else turns.push({ role, content, at })
  }
  return turns
}

function readContents(value: unknown): JsonRecord[] {
  const list = asArray(value) ?? (asRecord(value) === undefined ? undefined : [value])
  if (list === undefined || list.length === 0) {
    throw new BadRequest('contents must be a list with at least one content', 'contents')
  }
  return list.map((entry, at) => {
    const content = asRecord(entry)
    if (content === undefined) throw new BadRequest('a content must be an object', `contents.${at}`)
    return content
  })
}

type ContentRole = 'user' | 'model' | 'system'

/** Role of a content: `user` when it has none; `function` is an older name for the turn that carries results. */
export function contentRole(role: unknown, param: string): ContentRole {
  switch (role ?? 'user') {
    case 'user':
    case 'function':
    case '':
      return 'user'
    case 'model':
      return 'model'
    case 'system':
      return 'system'
    default:
      throw new BadRequest('role must be user or model', param)
  }
}

/** Texts of `systemInstruction`: a content, or bare text. */
export function systemTexts(instruction: unknown): string[] {
  if (typeof instruction === 'string') return instruction === '' ? [] : [instruction]
  return recordsOf(asRecord(instruction)?.['parts']).flatMap((part) => asText(part['text']) ?? [])
}

/** A system message of an instruction's texts; none when it has no text. */
export function decodeSystem(instruction: unknown): Message[] {
  const texts = systemTexts(instruction)
  return texts.length === 0 ? [] : [{ role: 'system', content: texts.map((text) => ({ type: 'text', text })) }]
}

function givenIds(contents: readonly JsonRecord[]): Set<string> {
  const calls = contents.flatMap((content) =>
    recordsOf(content['parts']).map((part) => asRecord(field(part, 'functionCall'))),
  )
  return new Set(calls.flatMap((call) => asText(call?.['id']) ?? []))
}

function decodeUser(parts: readonly JsonRecord[], matcher: CallMatcher, param: string): Message[] {
  const results: ToolMessage[] = []
  const content: UserMessage['content'] = []
  for (const part of parts) {
    const response = asRecord(field(part, 'functionResponse'))
    if (response === undefined) content.push(...decodeUserPart(part))
    else results.push(decodeResult(response, matcher))
  }
  if (content.length > 0) return [...results, { role: 'user', content }]
  const { unsaid } = unsaidOf(parts, param)
  return unsaid === undefined || results.length > 0 ? results : [{ role: 'user', content, unsaid }]
}

function decodeResult(response: JsonRecord, matcher: CallMatcher): ToolMessage {
  const callId = matcher.result(response)
  const name = asText(response['name'])
  const { content, isError } = decodeToolOutput(response)
  return { role: 'tool', callId, ...(name !== undefined && { name }), content, ...(isError && { isError }) }
}

function decodeModel(parts: readonly JsonRecord[], matcher: CallMatcher): Message[] {
  const content: AssistantMessage['content'] = []
  for (const [at, part] of parts.entries()) {
    const call = decodeCall(part, matcher)
    if (call !== undefined) content.push(call)
    else if (field(part, 'functionCall') === undefined) {
      const goesOn = at > 0 && (parts[at - 1]?.['thought'] === true) === (part['thought'] === true)
      for (const piece of decodeModelPart(part)) addPiece(content, piece, goesOn)
    }
  }
  return content.length === 0 ? [] : [{ role: 'assistant', content }]
}

/** Undefined when the part is no call, or one without a name. */
function decodeCall(part: JsonRecord, matcher: CallMatcher): ToolCallPart | undefined {
  const call = asRecord(field(part, 'functionCall'))
  const name = asText(call?.['name'])
  if (call === undefined || name === undefined) return undefined
  const signature = readSignature(field(part, 'thoughtSignature'))
  return {
    type: 'tool_call',
    id: matcher.call(call, name),
    name,
    arguments: JSON.stringify(asRecord(call['args']) ?? {}),
    ...(signature !== undefined && { signature }),
  }
}

/** Clients return the parts of a stream as they came: pieces of one text, or of one thought with its signature last. */
function addPiece(content: AssistantMessage['content'], piece: TextPart | ThinkingPart, goesOn: boolean): void {
  const last = content.at(-1)
  if (last?.type === 'text' && piece.type === 'text') last.text += piece.text
  else if (goesOn && last?.type === 'thinking' && piece.type === 'thinking' && last.signature === undefined) {
    content[content.length - 1] = { ...piece, text: last.text + piece.text }
  } else content.push(piece)
}
