import { Buffer } from 'node:buffer'
import type { DocumentPart, ImagePart, TextPart, ToolMessage } from '../../chat/request.ts'
import { titled } from '../shared/texts.ts'
import type { JsonRecord } from '../shared/values.ts'

/** Text, pictures and files as parts. */
export function encodeParts(
  content: readonly (TextPart | ImagePart | DocumentPart)[],
  notes: Set<string>,
): JsonRecord[] {
  return content.flatMap((part) => {
    if (part.type === 'text') return encodeText(part.text)
    return part.type === 'image' ? encodeImage(part, notes) : encodeDocument(part, notes)
  })
}

/** One text part, or none: a part without any data is refused. */
export function encodeText(text: string): JsonRecord[] {
  return text === '' ? [] : [{ text }]
}

/** A picture by URL goes as `fileData`, which not every model fetches: that is noted. */
function encodeImage({ source }: ImagePart, notes: Set<string>): JsonRecord[] {
  if (source.type === 'base64') return [{ inlineData: { mimeType: source.mediaType, data: source.data } }]
  notes.add('image:url')
  return [{ fileData: { mimeType: imageType(source.url), fileUri: source.url } }]
}

const IMAGE_TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  heic: 'image/heic',
  heif: 'image/heif',
}

/** Media type by the URL's ending: the API wants one, and reads the picture's own bytes anyway. */
function imageType(url: string): string {
  const ending = /\.([a-z]+)(?:[?#]|$)/i.exec(url)?.[1]?.toLowerCase() ?? ''
  return Object.hasOwn(IMAGE_TYPES, ending) ? (IMAGE_TYPES[ending] ?? '') : 'image/png'
}

/** Media that the models read as they are (ai.google.dev/gemini-api/docs/document-processing). */
const READABLE = /^(?:application\/pdf$|text\/|image\/|audio\/|video\/)/

function encodeDocument({ source, name }: DocumentPart, notes: Set<string>): JsonRecord[] {
  switch (source.type) {
    case 'text':
      return encodeText(titled(name, source.text))
    case 'url':
      notes.add('document:url')
      return [{ fileData: { mimeType: 'application/pdf', fileUri: source.url } }]
    case 'base64': {
      if (source.mediaType === 'application/json') {
        return encodeText(titled(name, Buffer.from(source.data, 'base64').toString('utf8')))
      }
      if (READABLE.test(source.mediaType)) {
        return [{ inlineData: { mimeType: source.mediaType, data: source.data } }]
      }
      notes.add(`document:${source.mediaType}`)
      return []
    }
  }
}

/** A tool's result: the `response` object, and pictures and files, which go beside it. */
export interface EncodedResult {
  response: JsonRecord
  media: JsonRecord[]
}

/** Google's convention: the output under `output`, a failure under `error`. */
export function encodeResult(message: ToolMessage, notes: Set<string>): EncodedResult {
  const parts = encodeParts(message.content, notes)
  const text = parts.flatMap((part) => (typeof part['text'] === 'string' ? [part['text']] : [])).join('\n')
  const media = parts.filter((part) => part['text'] === undefined)
  return { response: message.isError === true ? { error: text } : { output: text }, media }
}
