import { findEncoded } from './encoded-runs.ts'
import type { FindRuns, Place } from './encoded-runs.ts'
import type { Secret } from './secret.ts'

export const REDACTED = '[redacted]'
/** Shorter values are left alone: replacing them would shred ordinary text. In characters. */
const SHORTEST = 8

/**
 * Makes a function that replaces every occurrence of the secrets by `[redacted]`: as they are, in base64 (also inside a
 * longer encoded text, as in `Basic …`), URL-encoded, in hex and escaped for JSON; also in encodings of encodings.
 * Secrets under 8 characters stay.
 */
export function createRedactor(secrets: readonly Secret[]): (text: string) => string {
  const values = new Set(secrets.map((secret) => secret.reveal()).filter((value) => value.length >= SHORTEST))
  const needles = [...new Set([...values].flatMap(spellings))]
  if (needles.length === 0) return (text) => text
  const least = Math.min(...[...values].map((value) => Buffer.byteLength(value)))
  const findRuns = findEncoded(least, (decoded) => needles.some((needle) => decoded.includes(needle)))
  return (text) => replaceAll(text, needles, findRuns)
}

/** Every way in which the value may be written. */
function spellings(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1)
  const url = encodeURIComponent(Buffer.from(value).toString())
  const hex = Buffer.from(value).toString('hex')
  return [
    value,
    json,
    JSON.stringify(json).slice(1, -1),
    json.replaceAll('/', '\\/'),
    escapeUnicode(json),
    url,
    url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    url.replaceAll('%20', '+'),
    hex,
    hex.toUpperCase(),
    ...base64Cores(value),
  ]
}

function escapeUnicode(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/**
 * Base64 of the value at each of the three places it can have in a longer text, without the characters at both ends
 * that depend on what stands next to it; and the whole encoded value, padding included.
 */
function base64Cores(value: string): string[] {
  const bytes = Buffer.from(value)
  const cores = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    const from = Math.ceil((shift * 8) / 6)
    const to = Math.floor(((shift + bytes.length) * 8) / 6)
    return encoded.slice(from, to)
  })
  const all = [bytes.toString('base64'), bytes.toString('base64').replace(/=+$/, ''), ...cores]
  return all.flatMap((text) => [text, text.replaceAll('+', '-').replaceAll('/', '_')])
}

/** Replaces all places where a needle stands or is encoded; places that overlap become one. */
function replaceAll(text: string, needles: readonly string[], findRuns: FindRuns): string {
  const places: Place[] = findRuns(text)
  for (const needle of needles) {
    for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + 1)) {
      places.push([at, at + needle.length])
    }
  }
  if (places.length === 0) return text
  places.sort((a, b) => a[0] - b[0])
  let out = ''
  let done = 0
  let open = false
  for (const [start, end] of places) {
    if (!open || start >= done) out += text.slice(done, start) + REDACTED
    open = true
    done = Math.max(done, end)
  }
  return out + text.slice(done)
}
