import type { DocumentPart, ImagePart, TextPart, UserMessage } from '../../chat/request.ts'
import { decodeMediaUrl } from './data-url.ts'
import { unsaidOf } from './unsaid.ts'
import { asArray, asRecord, asText, type JsonRecord } from './values.ts'

/** Ends of the names of the fields that carry media (see `TurnFormat`). */
export const MEDIA_MARKS: readonly string[] = ['_url"', '_data"']

/**
 * Decodes the content of a message of Chat or Responses: a string or an array of parts. Empty texts and parts that have no
 * canonical form (audio, file ids) are left out.
 */
export function decodeContent(content: unknown): (TextPart | ImagePart | DocumentPart)[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }]
  return (asArray(content) ?? []).flatMap((part) => decodePart(part) ?? [])
}

/** A user's message of Chat or Responses. */
export function decodeUser(content: unknown, where: string): UserMessage {
  const parts = decodeContent(content)
  return { role: 'user', content: parts, ...(parts.length === 0 && unsaidOf(content, `${where}.content`)) }
}

/** Texts of message content, in order. */
export function contentTexts(content: unknown): string[] {
  return decodeContent(content).flatMap((part) => (part.type === 'text' ? [part.text] : []))
}

function decodePart(part: unknown): TextPart | ImagePart | DocumentPart | undefined {
  if (typeof part === 'string') return part === '' ? undefined : { type: 'text', text: part }
  const record = asRecord(part)
  switch (record?.['type']) {
    // Chat and Responses have a name each; some clients mix them up.
    case 'text':
    case 'input_text':
    case 'output_text':
      return decodeText(record['text'])
    case 'refusal':
      return decodeText(record['refusal'])
    case 'image_url':
    case 'input_image':
      return decodeImage(record)
    case 'file':
      return decodeFile(asRecord(record['file']))
    case 'input_file':
      return decodeFile(record)
    default:
      return undefined
  }
}

function decodeText(value: unknown): TextPart | undefined {
  const text = asText(value)
  return text === undefined ? undefined : { type: 'text', text }
}

function decodeImage(part: JsonRecord): ImagePart | undefined {
  const image = asRecord(part['image_url'])
  const url = asText(image?.['url']) ?? asText(part['image_url'])
  if (url === undefined) return undefined
  const detail = asText(image?.['detail']) ?? asText(part['detail'])
  return { type: 'image', source: decodeMediaUrl(url), ...(detail !== undefined && { detail }) }
}

/** A file by its data or its URL; `file_id` names a file in an account that other providers cannot see. */
function decodeFile(file: JsonRecord | undefined): DocumentPart | undefined {
  const url = asText(file?.['file_data']) ?? asText(file?.['file_url'])
  if (url === undefined) return undefined
  const name = asText(file?.['filename'])
  return { type: 'document', source: decodeMediaUrl(url), ...(name !== undefined && { name }) }
}
