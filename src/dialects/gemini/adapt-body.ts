import type { JsonOutline, Span } from '../../lib/json-outline.ts'
import { asRecord, type JsonRecord } from '../shared/values.ts'
import type { BodyAdaption, EncodeTarget } from '../types.ts'
import { field, recordsOf } from './fields.ts'
import { generationOf } from './generation.ts'
import { NO_SIGNATURE } from './thought-signature.ts'

/** Fields that no quirk may remove: without them it is no request. */
const NEEDED: ReadonlySet<string> = new Set(['contents'])

/**
 * What must change in a body of this dialect before the target takes it: Gemini 3 refuses
 * calls of the current turn without a signature, and those of another model were taken out. Everything else passes byte
 * for byte.
 */
export function adaptBody(outline: JsonOutline, { quirks, model }: EncodeTarget): BodyAdaption {
  const drop = (quirks.drop_parameters ?? []).filter((name) => !NEEDED.has(name) && outline.span(name) !== undefined)
  const contents = generationOf(model).version >= 3 ? signed(outline) : undefined
  const set: [string, string][] = contents === undefined ? [] : [['contents', contents]]
  return { drop: new Set(drop), rename: new Map(), set: new Map(set) }
}

/** `contents` with a stand-in for each signature that is missing, as JSON text; undefined when none is. */
function signed(outline: JsonOutline): string | undefined {
  const span = outline.span('contents')
  const spans = (span === undefined ? undefined : outline.elements(span)) ?? []
  const text = ({ start, end }: Span): string => outline.bytes.toString('utf8', start, end)
  const changed = new Map<number, string>()
  // The current turn is everything behind the last content of the person alone.
  for (let at = spans.length - 1; at >= 0; at--) {
    const content = asRecord(JSON.parse(text(spans[at] ?? { start: 0, end: 0 })))
    const parts = recordsOf(content?.['parts'])
    if (content?.['role'] !== 'model') {
      if (parts.every((part) => field(part, 'functionResponse') === undefined)) break
      continue
    }
    const first = parts.find((part) => field(part, 'functionCall') !== undefined)
    if (first === undefined || field(first, 'thoughtSignature') !== undefined) continue
    changed.set(at, JSON.stringify({ ...content, parts: parts.map((part) => (part === first ? sign(part) : part)) }))
  }
  if (changed.size === 0) return undefined
  return `[${spans.map((each, at) => changed.get(at) ?? text(each)).join(',')}]`
}

function sign(part: JsonRecord): JsonRecord {
  return { ...part, thoughtSignature: NO_SIGNATURE }
}
