import type { ByteSource } from '../providers/transport/types.ts'

/** The answer is larger than we are willing to hold. */
export class AnswerTooLarge extends Error {
  override name = 'AnswerTooLarge'
}

/** Largest whole answer, in bytes. */
export const MAX_ANSWER_BYTES: number = 64 * 1024 * 1024
/** How much of an error answer is read, in bytes. */
export const MAX_ERROR_BYTES: number = 256 * 1024

/** Reads a body whole. Rejects with `TransportError` or `AnswerTooLarge`. */
export async function readAll(source: ByteSource, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for (;;) {
    const chunk = await source.next()
    if (chunk === undefined)
      return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, bytes)
    bytes += chunk.length
    if (bytes > maxBytes) throw new AnswerTooLarge(`the answer is larger than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
}
