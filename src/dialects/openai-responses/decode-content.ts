import type { DocumentPart, ImagePart, MediaSource, TextPart } from '../../chat/request.ts'
import { decodeMediaUrl } from '../shared/data-url.ts'
import { asArray, asRecord, asText, type JsonRecord } from '../shared/values.ts'

/**
 * Decodes the content of a message or the output of a tool: a string or an array of parts. Empty texts are left out,
 * and media by `file_id`, which names a file in an account that other providers cannot see.
 */
export function decodeContent(content: unknown): (TextPart | ImagePart | DocumentPart)[] {
  if (typeof content === 'string') return textPart(content)
  return (asArray(content) ?? []).flatMap(decodePart)
}

/** Texts of a content, in order. */
export function decodeTexts(content: unknown): TextPart[] {
  return decodeContent(content).filter((part) => part.type === 'text')
}

/** Decodes the output of a tool. An object, which older clients send, is kept as JSON text. */
export function decodeToolOutput(output: unknown): (TextPart | ImagePart | DocumentPart)[] {
  const record = asRecord(output)
  return record === undefined ? decodeContent(output) : textPart(JSON.stringify(record))
}

function decodePart(part: unknown): (TextPart | ImagePart | DocumentPart)[] {
  if (typeof part === 'string') return textPart(part)
  const record = asRecord(part)
  switch (record?.['type']) {
    case 'input_text':
    case 'output_text':
    // `text` and `image_url` are the Chat Completions names; some clients mix them up.
    case 'text':
      return textPart(asText(record['text']) ?? '')
    case 'refusal':
      return textPart(asText(record['refusal']) ?? '')
    case 'input_image':
    case 'image_url':
      return decodeImage(record)
    case 'input_file':
      return decodeFile(record)
    default:
      return []
  }
}

function textPart(text: string): TextPart[] {
  return text === '' ? [] : [{ type: 'text', text }]
}

function decodeImage(part: JsonRecord): ImagePart[] {
  const url = asText(part['image_url']) ?? asText(asRecord(part['image_url'])?.['url'])
  if (url === undefined) return []
  const detail = asText(part['detail'])
  return [{ type: 'image', source: decodeMediaUrl(url), ...(detail !== undefined && { detail }) }]
}

function decodeFile(part: JsonRecord): DocumentPart[] {
  const source = fileSource(part)
  if (source === undefined) return []
  const name = asText(part['filename'])
  return [{ type: 'document', source, ...(name !== undefined && { name }) }]
}

function fileSource(part: JsonRecord): MediaSource | undefined {
  const data = asText(part['file_data'])
  if (data !== undefined) return decodeMediaUrl(data)
  const url = asText(part['file_url'])
  return url === undefined ? undefined : { type: 'url', url }
}
