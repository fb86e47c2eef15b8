import { setTimeout as sleep } from 'node:timers/promises'

/** Resolves with what `look` gives once that is something; rejects when `running` ends before or after half a minute. */
export async function until<Value>(
  look: () => Value | undefined | Promise<Value | undefined>,
  running?: Promise<unknown>,
): Promise<Value> {
  let ended: Error | undefined
  running?.then(
    (value) => (ended = new Error(`it ended: ${String(value)}`)),
    (error: unknown) => (ended = error instanceof Error ? error : new Error(String(error))),
  )
  for (const late = performance.now() + 30_000; performance.now() < late;) {
    const found = await look()
    if (found !== undefined) return found
    if (ended !== undefined) throw ended
    await sleep(5)
  }
  throw new Error('it did not come within half a minute')
}
