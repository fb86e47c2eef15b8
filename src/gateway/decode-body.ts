import { pipeline, Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { MalformedAnswer } from '../dialects/types.ts'
import { TransportError } from '../providers/transport/types.ts'
import type { ByteSource, UpstreamAnswer } from '../providers/transport/types.ts'
import { AnswerTooLarge, MAX_ANSWER_BYTES } from './read-body.ts'

const DECODERS = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress }

/** Names of no encoding: `none` is what many servers of event streams say to keep proxies from compressing them. */
const PLAIN: ReadonlySet<string> = new Set(['', 'identity', 'none'])

/** The answer with its body as it was before the provider compressed it. Throws `MalformedAnswer`. */
export function decodeAnswer(answer: UpstreamAnswer): UpstreamAnswer {
  const encoding = answer.headers['content-encoding']
  if (encoding === undefined) return answer
  const body = decodeBody(answer.body, encoding)
  if (body === undefined) throw new MalformedAnswer(`the answer has the encoding ${encoding.slice(0, 100)}`)
  return { ...answer, body }
}

/**
 * The bytes under a `content-encoding`, for providers that compress although `identity` was asked for (RFC 9110, 8.4).
 * undefined for encodings that are unknown or stand on top of each other: nobody sends those to a client that takes none.
 * Rejects with `AnswerTooLarge` once the bytes are more than an answer may have: a small body may hide a huge one.
 */
export function decodeBody(source: ByteSource, encoding: string): ByteSource | undefined {
  const name = encoding.trim().toLowerCase()
  if (PLAIN.has(name)) return source
  if (!isKnown(name)) return undefined
  const decoder = pipeline(Readable.from(chunksOf(source)), DECODERS[name](), () => {})
  const decoded = decoder[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>
  let bytes = 0
  return {
    next: async () => {
      try {
        const { value } = await decoded.next()
        bytes += value?.length ?? 0
        if (bytes <= MAX_ANSWER_BYTES) return value
      } catch (error) {
        if (error instanceof TransportError) throw error
        throw new TransportError(`the answer is not ${name}`, 'BAD_ENCODING', false)
      }
      decoder.destroy()
      throw new AnswerTooLarge(`the answer is larger than ${MAX_ANSWER_BYTES} bytes`)
    },
  }
}

function isKnown(name: string): name is keyof typeof DECODERS {
  return Object.hasOwn(DECODERS, name)
}

async function* chunksOf(source: ByteSource): AsyncGenerator<Buffer> {
  for (;;) {
    const chunk = await source.next()
    if (chunk === undefined) return
    yield chunk
  }
}
