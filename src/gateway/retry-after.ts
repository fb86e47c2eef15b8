// How long a provider asks to be left alone, from its headers.

/** Longest wait believed, in ms. */
const MAX_MS = 3_600_000

/**
 * Reads `retry-after-ms` (OpenAI), `retry-after` as seconds or HTTP date (RFC 9110, section 10.2.3) and, where those are
 * missing on a 429, the provider's reset headers. Returns ms, or undefined when nothing usable was said.
 * `wallNow` is Unix time in ms.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, wallNow: number): number | undefined {
  const ms = bounded(Number(headers['retry-after-ms'] ?? NaN))
  if (ms !== undefined) return ms
  const value = headers['retry-after']?.trim()
  if (value !== undefined) {
    const delay = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - wallNow
    const usable = bounded(delay)
    if (usable !== undefined) return usable
  }
  return resetMs(headers, wallNow)
}

/** Only headers that say a budget is used up count: `remaining` is 0. */
function resetMs(headers: Readonly<Record<string, string>>, wallNow: number): number | undefined {
  let longest: number | undefined
  for (const kind of ['requests', 'tokens', 'input-tokens', 'output-tokens']) {
    for (const prefix of ['x-ratelimit', 'anthropic-ratelimit']) {
      const anthropic = prefix.startsWith('anthropic')
      const remaining = headers[anthropic ? `${prefix}-${kind}-remaining` : `${prefix}-remaining-${kind}`]
      const reset = headers[anthropic ? `${prefix}-${kind}-reset` : `${prefix}-reset-${kind}`]
      if (remaining !== '0' || reset === undefined) continue
      const delay = bounded(anthropic ? Date.parse(reset) - wallNow : durationMs(reset))
      if (delay !== undefined && (longest === undefined || delay > longest)) longest = delay
    }
  }
  return longest
}

/** OpenAI's durations: `6m0s`, `1h2m3s`, `350ms`, `12.5s`. */
function durationMs(text: string): number {
  const match = /^(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+)ms)?$/.exec(text.trim())
  if (match === null || text.trim() === '') return NaN
  const [, hours = '0', minutes = '0', seconds = '0', millis = '0'] = match
  return Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000 + Number(millis)
}

function bounded(ms: number): number | undefined {
  return Number.isFinite(ms) && ms >= 0 ? Math.min(ms, MAX_MS) : undefined
}
