/** Code of an attempt that was ended because the request's time was over. */
export const DEADLINE = 'deadline'

/** What the answer needs to reach a client that leaves at its own deadline: a tenth of the time, at most this, in ms. */
const MARGIN_MS = 250

/**
 * When the answer must have begun, on the clock of `started`, in ms; Infinity when nobody said. The official SDKs send
 * their timeout in seconds (`x-stainless-timeout`), counted until the headers of the answer.
 */
export function deadlineOf(
  headers: Readonly<Record<string, string>>,
  { deadlineMs }: { deadlineMs: number },
  started: number,
): number {
  const seconds = Number(headers['x-stainless-timeout'] ?? NaN)
  const ms = seconds * 1000
  const clientMs = seconds > 0 ? ms - Math.min(MARGIN_MS, ms / 10) : Infinity
  return started + Math.min(deadlineMs, clientMs)
}
