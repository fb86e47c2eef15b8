// Reading JSON of unknown shape in tests.
import assert from 'node:assert/strict'

export type Json = Record<string, unknown>

/** The value at a path; undefined where the path leads nowhere. Negative numbers count from the end of an array. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  let found = value
  for (const step of path) {
    if (typeof found !== 'object' || found === null) return undefined
    found = typeof step === 'number' && Array.isArray(found) ? found.at(step) : (found as Json)[String(step)]
  }
  return found
}

/** Objects of an array at a path; none when there is no array. */
export function list(value: unknown, ...path: (string | number)[]): Json[] {
  const found = at(value, ...path)
  return Array.isArray(found) ? (found as Json[]) : []
}

/** Text at a path; '' when there is none. */
export function textAt(value: unknown, ...path: (string | number)[]): string {
  const found = at(value, ...path)
  return typeof found === 'string' ? found : ''
}

/** Data of server-sent events, parsed; `[DONE]` stays a string. Throws when something else stands between them. */
export function readSse(stream: string): (Json | '[DONE]')[] {
  // A byte order mark at the start is no part of the stream (HTML standard, 9.2.5).
  const normal = stream.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  assert.ok(normal === '' || normal.endsWith('\n\n'), 'the last event must be complete')
  return normal
    .split('\n\n')
    .filter((event) => event !== '' && !event.startsWith(':'))
    .map((event) => {
      const data = event
        .split('\n')
        .filter((line) => line.startsWith('data: '))
        .map((line) => line.slice('data: '.length))
        .join('\n')
      return data === '[DONE]' ? data : (JSON.parse(data) as Json)
    })
}

/** An error's message, which no error may lack. */
export function messageOf(error: unknown): string {
  const message = typeof error === 'string' ? error : textAt(error, 'message')
  assert.notEqual(message, '', 'an error must have a message')
  return message
}
