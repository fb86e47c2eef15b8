import type { MediaSource } from '../../chat/request.ts'

/** Longest `data:` header looked at, in characters: media type and its parameters. */
const MAX_HEADER = 256

/** Reads a media URL: base64 data URLs are taken apart, all others stay URLs. */
export function decodeMediaUrl(url: string): MediaSource {
  if (url.slice(0, 5).toLowerCase() !== 'data:') return { type: 'url', url }
  const header = url.slice(5, 5 + MAX_HEADER)
  const comma = header.indexOf(',')
  if (comma === -1 || !header.slice(0, comma).toLowerCase().endsWith(';base64')) return { type: 'url', url }
  const mediaType = header.slice(0, comma - ';base64'.length)
  return { type: 'base64', mediaType: mediaType === '' ? 'text/plain' : mediaType, data: url.slice(5 + comma + 1) }
}

export function encodeMediaUrl(source: MediaSource): string {
  return source.type === 'url' ? source.url : `data:${source.mediaType};base64,${source.data}`
}
