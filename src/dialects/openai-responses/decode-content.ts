import type { DocumentPart, ImagePart, TextPart } from '../../chat/request.ts'
import { decodeContent } from '../shared/content.ts'
import { asRecord } from '../shared/values.ts'

/** Texts of a content, in order. */
export function decodeTexts(content: unknown): TextPart[] {
  return decodeContent(content).filter((part) => part.type === 'text')
}

/** Decodes the output of a tool. An object, which older clients send, is kept as JSON text. */
export function decodeToolOutput(output: unknown): (TextPart | ImagePart | DocumentPart)[] {
  const record = asRecord(output)
  return record === undefined ? decodeContent(output) : decodeContent(JSON.stringify(record))
}
