import { isRecord } from '../../lib/is-record.ts'
import { recordsIn, toRecord, toText, type JsonRecord } from '../shared/values.ts'

/** Images and documents of one message, those inside tool results included. */
export interface Media {
  image: boolean
  document: boolean
  /** Characters of base64 data: bytes of the body that are not text. */
  base64: number
}

/** Finds the media blocks of a parsed message. */
export function readMedia(message: unknown): Media {
  const media: Media = { image: false, document: false, base64: 0 }
  if (isRecord(message)) visit(recordsIn(message['content']), media)
  return media
}

function visit(blocks: JsonRecord[], media: Media): void {
  for (const block of blocks) {
    if (block['type'] === 'tool_result') visit(recordsIn(block['content']), media)
    else if (block['type'] === 'image') media.image = true
    else if (block['type'] === 'document') media.document = true
    else continue
    const source = toRecord(block['source'])
    if (source['type'] === 'base64') media.base64 += toText(source['data']).length
  }
}
