import { Buffer } from 'node:buffer'
import type { ImagePart } from '../../chat/request.ts'
import { decodeMediaUrl } from '../shared/data-url.ts'
import { asArray, asText } from '../shared/values.ts'

/** First bytes of the formats that providers take. `....` is any four bytes. */
const SIGNATURES: readonly (readonly [pattern: RegExp, mediaType: string])[] = [
  [/^\x89PNG/, 'image/png'],
  [/^\xff\xd8\xff/, 'image/jpeg'],
  [/^GIF8/, 'image/gif'],
  [/^RIFF[^]{4}WEBP/, 'image/webp'],
]
/** Characters of base64 that hold the first twelve bytes. */
const HEAD = 16

/**
 * Decodes `images`: a list of base64 strings without a media type, which is read from their first bytes. Entries that
 * are no strings are left out. Data URLs, which Ollama itself refuses, are taken too.
 */
export function decodeImages(images: unknown): ImagePart[] {
  return (asArray(images) ?? []).flatMap((image): ImagePart[] => {
    const data = asText(image)
    if (data === undefined) return []
    const source = data.startsWith('data:') ? decodeMediaUrl(data) : undefined
    if (source?.type === 'base64') return [{ type: 'image', source }]
    return [{ type: 'image', source: { type: 'base64', mediaType: mediaTypeOf(data), data } }]
  })
}

/** Media type of a base64 image by its first bytes; `image/png` when they are of no known format. */
export function mediaTypeOf(base64: string): string {
  const head = Buffer.from(base64.slice(0, HEAD), 'base64').toString('latin1')
  return SIGNATURES.find(([pattern]) => pattern.test(head))?.[1] ?? 'image/png'
}
