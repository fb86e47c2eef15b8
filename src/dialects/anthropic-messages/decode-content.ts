import type {
  AssistantMessage,
  DocumentPart,
  ImagePart,
  MediaSource,
  TextPart,
  ToolMessage,
  UserMessage,
} from '../../chat/request.ts'
import { isRecord } from '../../lib/is-record.ts'
import { toArguments } from '../shared/tool-input.ts'
import { recordsIn, toRecord, toText, type JsonRecord } from '../shared/values.ts'
import { BadRequest } from '../types.ts'

type UserPart = UserMessage['content'][number]
type AssistantPart = AssistantMessage['content'][number]

/** Text blocks of a system prompt or system turn; other blocks are left out. */
export function decodeText(content: unknown, param: string): TextPart[] {
  return toBlocks(content, param).flatMap((block) => (block['type'] === 'text' ? decodeTextBlock(block) : []))
}

/** A user turn: its tool results, in wire order, and everything else it says. */
export function decodeUserContent(content: unknown, param: string): { results: ToolMessage[]; parts: UserPart[] } {
  const results: ToolMessage[] = []
  const parts: UserPart[] = []
  for (const block of toBlocks(content, param)) {
    if (block['type'] === 'tool_result') results.push(decodeToolResult(block, param))
    else parts.push(...decodeUserBlock(block))
  }
  return { results, parts }
}

/** An assistant turn. Server tools and their results are left out: only the API that ran them can read them. */
export function decodeAssistantContent(content: unknown, param: string): AssistantPart[] {
  return toBlocks(content, param).flatMap((block): AssistantPart[] => {
    switch (block['type']) {
      case 'text':
        return decodeTextBlock(block)
      case 'thinking':
        return decodeThinkingBlock(block)
      case 'redacted_thinking':
        return toText(block['data']) === '' ? [] : [{ type: 'thinking', text: '', encrypted: toText(block['data']) }]
      case 'tool_use':
        return [
          {
            type: 'tool_call',
            id: toText(block['id']),
            name: toText(block['name']),
            arguments: toArguments(block['input']),
          },
        ]
      default:
        return []
    }
  })
}

/** Content as blocks: a string is one text block. Throws `BadRequest` for anything but text and arrays. */
function toBlocks(content: unknown, param: string): JsonRecord[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }]
  if (content === undefined || content === null) return []
  if (!Array.isArray(content)) throw new BadRequest(`${param}: expected text or a list of content blocks`, param)
  if (!content.every(isRecord)) throw new BadRequest(`${param}: every content block must be an object`, param)
  return content
}

/** Empty text says nothing, and the API refuses it when it comes back. */
function decodeTextBlock(block: JsonRecord): TextPart[] {
  const text = toText(block['text'])
  return text === '' ? [] : [{ type: 'text', text }]
}

function decodeThinkingBlock(block: JsonRecord): AssistantPart[] {
  const text = toText(block['thinking'])
  const signature = toText(block['signature'])
  if (text === '' && signature === '') return []
  return [{ type: 'thinking', text, ...(signature !== '' && { signature }) }]
}

function decodeUserBlock(block: JsonRecord): UserPart[] {
  switch (block['type']) {
    case 'text':
      return decodeTextBlock(block)
    case 'image':
      return decodeImage(block)
    case 'document':
      return decodeDocument(block)
    case 'search_result':
      return decodeSearchResult(block)
    case 'tool_reference':
      return [{ type: 'text', text: `Tool: ${toText(block['tool_name'])}` }]
    default:
      return []
  }
}

function decodeToolResult(block: JsonRecord, param: string): ToolMessage {
  const content = toBlocks(block['content'], `${param}.content`).flatMap(decodeUserBlock)
  return {
    role: 'tool',
    callId: toText(block['tool_use_id']),
    content,
    ...(block['is_error'] === true && { isError: true }),
  }
}

function decodeImage(block: JsonRecord): ImagePart[] {
  const source = decodeSource(toRecord(block['source']))
  return source === undefined ? [] : [{ type: 'image', source }]
}

/** base64 and url sources; files by id live in the vendor's store and cannot be carried. */
function decodeSource(source: JsonRecord): MediaSource | undefined {
  if (source['type'] === 'url') return { type: 'url', url: toText(source['url']) }
  if (source['type'] !== 'base64') return undefined
  return { type: 'base64', mediaType: toText(source['media_type']), data: toText(source['data']) }
}

function decodeDocument(block: JsonRecord): DocumentPart[] {
  const wire = toRecord(block['source'])
  const source = decodeSource(wire) ?? decodeTextSource(wire)
  if (source === undefined) return []
  const name = toText(block['title'])
  return [{ type: 'document', source, ...(name !== '' && { name }) }]
}

function decodeTextSource(source: JsonRecord): DocumentPart['source'] | undefined {
  if (source['type'] === 'text') return { type: 'text', text: toText(source['data']) }
  if (source['type'] !== 'content') return undefined
  const content = source['content']
  if (typeof content === 'string') return { type: 'text', text: content }
  return { type: 'text', text: joinText(recordsIn(content)) }
}

function decodeSearchResult(block: JsonRecord): TextPart[] {
  const head = [toText(block['title']), toText(block['source'])].filter((line) => line !== '').join(' ')
  const text = [head, joinText(recordsIn(block['content']))].filter((line) => line !== '').join('\n')
  return text === '' ? [] : [{ type: 'text', text }]
}

function joinText(blocks: JsonRecord[]): string {
  return blocks
    .map((block) => toText(block['text']))
    .filter((text) => text !== '')
    .join('\n')
}
