import type { JsonOutline, Span } from '../../lib/json-outline.ts'
import { isEffort } from '../shared/effort.ts'
import { fitEffort, MIN_OUTPUT, openaiRules, refusedFields } from '../shared/openai-models.ts'
import { asArray, asRecord } from '../shared/values.ts'
import type { BodyAdaption, EncodeTarget } from '../types.ts'
import { readHead } from './item-head.ts'
import { itemKind } from './item-kind.ts'
import { hasOwnPayload } from './reasoning.ts'

/** Fields that no quirk may remove: without them it is no request. */
const NEEDED = ['model', 'input', 'stream', 'store']

/**
 * What must change in a body of this dialect before `model` at a provider with these quirks takes it. Usually nothing;
 * everything that is not named passes byte for byte.
 */
export function adaptBody(outline: JsonOutline, { quirks, model }: EncodeTarget): BodyAdaption {
  const rules = openaiRules(model)
  const reasoning = quirks.reasoning_effort === false ? undefined : asRecord(outline.value('reasoning'))
  const asked = reasoning?.['effort']
  const effort = isEffort(asked) ? fitEffort(asked, rules) : undefined
  const drop = new Set([...(quirks.drop_parameters ?? []), ...refusedFields(rules, effort)])
  if (quirks.reasoning_effort === false) drop.add('reasoning')
  if (quirks.parallel_tool_calls === false) drop.add('parallel_tool_calls')
  for (const name of NEEDED) drop.delete(name)
  const set = new Map<string, string>()
  if (rules?.efforts.length === 0) withoutReasoning(outline, drop, set)
  else if (isEffort(asked) && effort !== asked) set.set('reasoning', JSON.stringify({ ...reasoning, effort }))
  const present = [...drop].filter((name) => outline.span(name) !== undefined)
  const input = withoutForeignReasoning(outline)
  const tokens = outline.value('max_output_tokens')
  if (rules !== undefined && typeof tokens === 'number' && tokens < MIN_OUTPUT) {
    set.set('max_output_tokens', String(MIN_OUTPUT))
  }
  if (input !== undefined) set.set('input', input)
  return { drop: new Set(present), rename: new Map(), set }
}

/** A model that does not reason refuses to be asked for it, and for what it would have thought. */
function withoutReasoning(outline: JsonOutline, drop: Set<string>, set: Map<string, string>): void {
  drop.add('reasoning')
  const include = asArray(outline.value('include'))
  const kept = include?.filter((name) => name !== 'reasoning.encrypted_content')
  if (kept !== undefined && kept.length !== include?.length) set.set('include', JSON.stringify(kept))
}

/**
 * `input` without the reasoning of other providers' models, which an earlier answer of the session may have come from:
 * OpenAI looks up an item without a payload among its own and refuses the request when it is not there. Undefined when
 * there is none. A client that has OpenAI store its responses keeps its items.
 */
function withoutForeignReasoning(outline: JsonOutline): string | undefined {
  const input = outline.span('input')
  const items = input === undefined ? undefined : outline.elements(input)
  if (items === undefined || outline.value('store') !== false) return undefined
  const kept = items.filter((span) => !isForeignReasoning(outline, span))
  if (kept.length === items.length) return undefined
  return `[${kept.map((span) => outline.bytes.toString('utf8', span.start, span.end)).join(',')}]`
}

function isForeignReasoning(outline: JsonOutline, span: Span): boolean {
  const { type, role } = readHead(outline.bytes, span)
  if (itemKind(type, role) !== 'reasoning') return false
  return !hasOwnPayload(outline.bytes.toString('utf8', span.start, span.end))
}
