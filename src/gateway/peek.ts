import type { ByteSource } from '../providers/transport/types.ts'

/**
 * The body, and whether its first byte is that of a JSON document: no event stream begins so. Servers put an error, or
 * a whole answer, under the type of the stream that they were asked for.
 */
export async function peek(body: ByteSource): Promise<{ body: ByteSource; isWhole: boolean }> {
  const ready = body.ready?.()
  if (ready !== undefined) await ready
  const first = await body.next()
  const isWhole = first !== undefined && /^\s*\{/.test(first.toString('latin1', 0, 64))
  return { body: first === undefined ? body : putBack(first, body), isWhole }
}

/** The body with its first chunk back in its place. Nothing keeps the chunk once it has been read. */
function putBack(chunk: Buffer, body: ByteSource): ByteSource {
  let held: Buffer | undefined = chunk
  return {
    ready: () => (held === undefined ? body.ready?.() : undefined),
    next: () => {
      if (held === undefined) return body.next()
      const first = held
      held = undefined
      return Promise.resolve(first)
    },
  }
}
