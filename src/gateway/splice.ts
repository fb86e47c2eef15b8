import type { Quirks } from '../dialects/quirks.ts'
import type { JsonOutline } from '../lib/json-outline.ts'

/**
 * The client's own bytes with the model name replaced: nothing else changes, so unknown fields, number formats and
 * prompt-cache prefixes survive. A body without a model gets one in front.
 */
export function spliceModel(outline: JsonOutline, model: string, _quirks: Quirks): Buffer {
  const { bytes } = outline
  const name = Buffer.from(JSON.stringify(model))
  const spans = outline.spans('model')
  if (spans.length === 0) return insertFirst(bytes, name)
  const pieces: Buffer[] = []
  let from = 0
  for (const span of spans) {
    pieces.push(bytes.subarray(from, span.start), name)
    from = span.end
  }
  pieces.push(bytes.subarray(from))
  return Buffer.concat(pieces)
}

function insertFirst(bytes: Buffer, name: Buffer): Buffer {
  const open = bytes.indexOf('{', 0, 'latin1') + 1
  const rest = bytes.subarray(open)
  const isEmpty = rest.toString('latin1', 0, 64).trimStart().startsWith('}')
  const member = Buffer.concat([Buffer.from('"model":'), name, Buffer.from(isEmpty ? '' : ',')])
  return Buffer.concat([bytes.subarray(0, open), member, rest])
}
