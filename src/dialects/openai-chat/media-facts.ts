import type { JsonOutline, Span } from '../../lib/json-outline.ts'
import { decodeContent } from '../shared/content.ts'
import { asRecord } from '../shared/values.ts'

export interface MediaFacts {
  /** Indexes of the messages that hold an image. */
  images: ReadonlySet<number>
  documents: boolean
  /** Bytes of base64 data URLs: they weigh nothing as text. */
  dataBytes: number
}

/** Names of the fields that carry media, quoted: in a JSON string the quotes are escaped, so quoted code is no match. */
const MARKS = ['"image_url"', '"file_data"']

/** Finds images and files. Only messages in which a field that carries media occurs are parsed. */
export function findMedia(outline: JsonOutline, messages: Span, spans: readonly Span[]): MediaFacts {
  const images = new Set<number>()
  let documents = false
  let dataBytes = 0
  for (const index of marked(outline.bytes, messages, spans)) {
    const span = spans[index]
    const message = span === undefined ? undefined : asRecord(outline.parse(span))
    const role = message?.['role']
    if (role !== 'user' && role !== 'tool' && role !== 'function') continue
    for (const part of decodeContent(message?.['content'])) {
      if (part.type === 'image') images.add(index)
      else if (part.type === 'document') documents = true
      else continue
      if (part.source.type === 'base64') {
        dataBytes += `data:${part.source.mediaType};base64,`.length + part.source.data.length
      }
    }
  }
  return { images, documents, dataBytes }
}

/** Indexes of the messages in which such a field occurs, found in one pass over the bytes for each name. */
function marked(bytes: Buffer, messages: Span, spans: readonly Span[]): Set<number> {
  const found = new Set<number>()
  const text = bytes.subarray(messages.start, messages.end)
  for (const mark of MARKS) {
    let index = 0
    let at = text.indexOf(mark, 0, 'latin1')
    while (at !== -1) {
      const place = at + messages.start
      while (index < spans.length - 1 && (spans[index]?.end ?? 0) <= place) index++
      found.add(index)
      // The rest of this message says nothing new.
      at = text.indexOf(mark, Math.max(at + 1, (spans[index]?.end ?? 0) - messages.start), 'latin1')
    }
  }
  return found
}
