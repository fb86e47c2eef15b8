import type { ByteSource, UpstreamAnswer } from '../providers/transport/types.ts'
import { decodeAnswer } from './decode-body.ts'
import { MAX_ERROR_BYTES } from './read-body.ts'
import { Stopwatch } from './stopwatch.ts'

/** How long the body of an error may take once its status is known, in ms. */
export const ERROR_BODY_MS = 3000

/**
 * What there is of an error's body. The status says most of it: a body that breaks, is too large or never ends is as good
 * as what came of it. `cancel` ends the exchange once the body has had its time. Never rejects.
 */
export async function readError(
  answer: UpstreamAnswer,
  cancel: () => void,
): Promise<{ bytes: Buffer; isWhole: boolean }> {
  const chunks: Buffer[] = []
  const stopwatch = new Stopwatch(cancel)
  stopwatch.start(ERROR_BODY_MS)
  try {
    const isWhole = await collect(decodeAnswer(answer).body, chunks)
    return { bytes: Buffer.concat(chunks), isWhole }
  } catch {
    return { bytes: Buffer.concat(chunks), isWhole: false }
  } finally {
    stopwatch.stop()
  }
}

/** Resolves with whether that is all. */
async function collect(body: ByteSource, chunks: Buffer[]): Promise<boolean> {
  let bytes = 0
  for (let chunk = await body.next(); chunk !== undefined; chunk = await body.next()) {
    bytes += chunk.length
    if (bytes > MAX_ERROR_BYTES) return false
    chunks.push(chunk)
  }
  return true
}
