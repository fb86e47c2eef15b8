import type { JsonOutline, Span } from '../../lib/json-outline.ts'
import { decodeContent, decodeToolOutput } from './decode-content.ts'
import type { ItemReader } from './item-reader.ts'

export interface MediaFacts {
  /** Indexes of the items that hold an image. */
  images: ReadonlySet<number>
  documents: boolean
  /** Bytes of base64 data URLs: they weigh nothing as text. */
  dataBytes: number
}

/** Names of the fields that carry media, quoted: in a JSON string the quotes are escaped, so quoted code is no match. */
const MARKS = ['"image_url"', '"file_data"', '"file_url"']

/** Finds images and files in user messages and in outputs of tools. Only items in which a media field occurs are parsed. */
export function findMedia(outline: JsonOutline, spans: readonly Span[], items: ItemReader): MediaFacts {
  const images = new Set<number>()
  let documents = false
  let dataBytes = 0
  const all = { start: spans[0]?.start ?? 0, end: spans.at(-1)?.end ?? 0 }
  const marks = MARKS.filter((mark) => outline.includes(all, mark))
  for (const [index, span] of spans.entries()) {
    if (!marks.some((mark) => outline.includes(span, mark))) continue
    const kind = items.kind(index)
    if (kind !== 'user' && kind !== 'result') continue
    const item = items.parse(index)
    for (const part of kind === 'user' ? decodeContent(item['content']) : decodeToolOutput(item['output'])) {
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
