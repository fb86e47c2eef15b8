import { createHash } from 'node:crypto'
import { isRecord } from '../lib/is-record.ts'

const FORMAT = 'sage-state'
const VERSION = 1

/** Two lines of JSON: what the file is with a checksum, then the state. */
export function encodeState(state: unknown): string {
  const body = JSON.stringify(state)
  return `${JSON.stringify({ format: FORMAT, version: VERSION, sha256: sha256(body) })}\n${body}\n`
}

export type Decoded = { ok: true; state: unknown } | { ok: false; problem: string }

/** Reads the text of a state file. The problem is in words, without anything of the text. */
export function decodeState(text: string): Decoded {
  if (text === '') return problem('it is empty')
  const [head = '', body = ''] = text.split('\n', 2)
  const header = parse(head)
  if (!isRecord(header) || header['format'] !== FORMAT) return problem('it is something else than state')
  if (header['version'] !== VERSION) return problem('it is in another version')
  if (header['sha256'] !== sha256(body)) return problem('it is damaged')
  return { ok: true, state: parse(body) }
}

function problem(text: string): Decoded {
  return { ok: false, problem: text }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
