import { Buffer } from 'node:buffer'
import type { DocumentPart, ImagePart, MediaSource, TextPart, ThinkingPart, ToolMessage } from '../../chat/request.ts'
import type { JsonRecord } from '../shared/values.ts'

/** Text, images and documents as content blocks. */
export function encodeParts(parts: readonly (TextPart | ImagePart | DocumentPart)[], notes: Set<string>): JsonRecord[] {
  return parts.flatMap((part) => {
    switch (part.type) {
      case 'text':
        return encodeText(part.text)
      case 'image':
        return [{ type: 'image', source: encodeSource(part.source) }]
      case 'document':
        return encodeDocument(part, notes)
    }
  })
}

/** One text block, or none: the API refuses blocks of nothing but white space. */
export function encodeText(text: string): JsonRecord[] {
  return text.trim() === '' ? [] : [{ type: 'text', text }]
}

/** Reasoning goes back with its proof only; a block without one would be refused. */
export function encodeThinking(part: ThinkingPart, notes: Set<string>): JsonRecord[] {
  const blocks: JsonRecord[] = []
  if (part.signature !== undefined && part.signature !== '') {
    blocks.push({ type: 'thinking', thinking: part.text, signature: part.signature })
  }
  if (part.encrypted !== undefined && part.encrypted !== '') {
    blocks.push({ type: 'redacted_thinking', data: part.encrypted })
  }
  if (blocks.length === 0) notes.add('unsigned_thinking')
  return blocks
}

/** A tool result for the call that got `id` on the wire. */
export function encodeToolResult(message: ToolMessage, id: string, notes: Set<string>): JsonRecord {
  const [only, ...others] = message.content
  const plain = only?.type === 'text' && others.length === 0
  const blocks = plain ? [] : encodeParts(message.content, notes)
  return {
    type: 'tool_result',
    tool_use_id: id,
    ...(plain && { content: only.text }),
    ...(blocks.length > 0 && { content: blocks }),
    ...(message.isError === true && { is_error: true }),
  }
}

function encodeSource(source: MediaSource): JsonRecord {
  return source.type === 'url'
    ? { type: 'url', url: source.url }
    : { type: 'base64', media_type: source.mediaType, data: source.data }
}

/** PDF goes as base64, text as text; other file types have no place in this dialect. */
function encodeDocument(part: DocumentPart, notes: Set<string>): JsonRecord[] {
  const source = encodeDocumentSource(part.source)
  if (source === undefined) {
    notes.add(`document:${part.source.type === 'base64' ? part.source.mediaType : part.source.type}`)
    return []
  }
  return [{ type: 'document', source, ...(part.name !== undefined && part.name !== '' && { title: part.name }) }]
}

function encodeDocumentSource(source: DocumentPart['source']): JsonRecord | undefined {
  if (source.type === 'text') return encodeTextSource(source.text)
  if (source.type === 'url' || source.mediaType === 'application/pdf') return encodeSource(source)
  return source.mediaType.startsWith('text/')
    ? encodeTextSource(Buffer.from(source.data, 'base64').toString('utf8'))
    : undefined
}

function encodeTextSource(text: string): JsonRecord | undefined {
  return text.trim() === '' ? undefined : { type: 'text', media_type: 'text/plain', data: text }
}
