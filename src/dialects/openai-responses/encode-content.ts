import type { DocumentPart, ImagePart, TextPart } from '../../chat/request.ts'
import { encodeMediaUrl } from '../shared/data-url.ts'
import { titled } from '../shared/texts.ts'
import type { JsonRecord } from '../shared/values.ts'

type Content = readonly (TextPart | ImagePart | DocumentPart)[]

/** Name of a PDF that came without one: OpenAI demands a file name. */
const PDF_NAME = 'document.pdf'

/** Encodes content of a user or an output of a tool as parts. What cannot be carried is noted in `dropped`. */
export function encodeContent(content: Content, dropped: Set<string>): JsonRecord[] {
  return content.map((part) => encodePart(part, dropped)).filter((part) => part !== undefined)
}

/** Encodes the output of a tool: a string when it is all text, as older servers take nothing else. */
export function encodeToolOutput(content: Content, dropped: Set<string>): string | JsonRecord[] {
  const parts = encodeContent(content, dropped)
  const texts = parts.flatMap(({ text }) => (typeof text === 'string' ? [text] : []))
  return texts.length === parts.length ? texts.join('\n') : parts
}

function encodePart(part: TextPart | ImagePart | DocumentPart, dropped: Set<string>): JsonRecord | undefined {
  if (part.type === 'text') return part.text === '' ? undefined : inputText(part.text)
  if (part.type === 'document') return encodeDocument(part, dropped)
  return { type: 'input_image', image_url: encodeMediaUrl(part.source), detail: part.detail ?? 'auto' }
}

/** A file travels by URL or with its data; text as text. Files of other types need a name that says what they are. */
function encodeDocument({ source, name }: DocumentPart, dropped: Set<string>): JsonRecord | undefined {
  if (source.type === 'text') return inputText(titled(name, source.text))
  if (source.type === 'url') return { type: 'input_file', file_url: source.url }
  if (source.mediaType.startsWith('text/')) {
    return inputText(titled(name, Buffer.from(source.data, 'base64').toString('utf8')))
  }
  const filename = name ?? (source.mediaType === 'application/pdf' ? PDF_NAME : undefined)
  if (filename === undefined) {
    dropped.add('document')
    return undefined
  }
  return { type: 'input_file', filename, file_data: encodeMediaUrl(source) }
}

function inputText(text: string): JsonRecord {
  return { type: 'input_text', text }
}
