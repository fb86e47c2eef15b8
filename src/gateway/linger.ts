import type { ByteSource } from '../providers/transport/types.ts'

/** How long a provider may take from the end of its answer to the end of its HTTP message, in ms. */
const LINGER_MS = 1000

/**
 * Waits for the end of a message whose answer is whole already, so that the connection may carry another call. Nobody
 * waits for this: the client's next request, which may come at once, builds on what is learnt of the answer.
 */
export function linger(body: ByteSource, cancel: () => void): void {
  const timer = setTimeout(cancel, LINGER_MS)
  void readToEnd(body).finally(() => {
    clearTimeout(timer)
    cancel()
  })
}

async function readToEnd(body: ByteSource): Promise<void> {
  try {
    while ((await body.next()) !== undefined);
  } catch {
    // Nothing of the answer is missing.
  }
}
