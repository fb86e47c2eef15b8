import type { DocumentPart, ImagePart, TextPart } from '../../chat/request.ts'
import { encodeMediaUrl } from '../shared/data-url.ts'
import { joinTexts, titled } from '../shared/texts.ts'
import type { JsonRecord } from '../shared/values.ts'

type Content = readonly (TextPart | ImagePart | DocumentPart)[]

/** Name of a document that came without one: OpenAI demands a file name. */
const FILE_NAME = 'document.pdf'

/** Encodes user content: a string when it is all text, as not every provider takes parts. */
export function encodeUserContent(content: Content, dropped: Set<string>): string | JsonRecord[] {
  const parts = content.map((part) => encodePart(part, dropped)).filter((part) => part !== undefined)
  const texts = parts.flatMap((part) => (typeof part['text'] === 'string' ? [part['text']] : []))
  return texts.length === parts.length ? joinTexts(texts) : parts
}

/** Splits a tool result: the tool role takes text only, pictures and files must go into a user message. */
export function splitToolContent(content: Content, dropped: Set<string>): { text: string; media: JsonRecord[] } {
  const texts: string[] = []
  const media: JsonRecord[] = []
  for (const part of content) {
    const encoded = encodePart(part, dropped)
    if (encoded === undefined) continue
    if (typeof encoded['text'] === 'string') texts.push(encoded['text'])
    else media.push(encoded)
  }
  return { text: joinTexts(texts), media }
}

function encodePart(part: TextPart | ImagePart | DocumentPart, dropped: Set<string>): JsonRecord | undefined {
  if (part.type === 'text') return part.text === '' ? undefined : { type: 'text', text: part.text }
  if (part.type === 'document') return encodeDocument(part, dropped)
  const detail = part.detail === undefined ? {} : { detail: part.detail }
  return { type: 'image_url', image_url: { url: encodeMediaUrl(part.source), ...detail } }
}

/** A PDF travels as a file, a text as text. Chat has no files by URL and no other types. */
function encodeDocument(part: DocumentPart, dropped: Set<string>): JsonRecord | undefined {
  const { source } = part
  if (source.type === 'text') return { type: 'text', text: titled(part.name, source.text) }
  if (source.type === 'base64' && isText(source.mediaType)) {
    return { type: 'text', text: titled(part.name, Buffer.from(source.data, 'base64').toString('utf8')) }
  }
  if (source.type === 'url' || source.mediaType !== 'application/pdf') {
    dropped.add('document')
    return undefined
  }
  return { type: 'file', file: { filename: part.name ?? FILE_NAME, file_data: encodeMediaUrl(source) } }
}

function isText(mediaType: string): boolean {
  return mediaType.startsWith('text/') || mediaType === 'application/json'
}
