import type { JsonOutline } from '../../lib/json-outline.ts'
import { asRecord } from '../shared/values.ts'
import type { BodyAdaption, EncodeTarget } from '../types.ts'
import { adaptThinking } from './adapt-thinking.ts'
import { rulesOf } from './model-rules.ts'

/** Fields that no quirk may remove: without them it is no request. */
const NEEDED: ReadonlySet<string> = new Set(['model', 'messages', 'max_tokens', 'stream'])
const SAMPLING: readonly string[] = ['temperature', 'top_p', 'top_k']

/**
 * What must change in a body of this dialect before `model` at a provider with these quirks takes it. A client that asks
 * for a policy writes for no model in particular: what the generation refuses goes, or becomes what it takes. Usually
 * nothing; everything that is not named passes byte for byte.
 */
export function adaptBody(outline: JsonOutline, { quirks, model }: EncodeTarget): BodyAdaption {
  const rules = rulesOf(model)
  const drop = new Set([...(quirks.drop_parameters ?? []), ...(rules.sampling ? [] : SAMPLING)])
  const set = new Map<string, string>()
  const choice = asRecord(outline.value('tool_choice'))
  if (!rules.forcedTools && (choice?.['type'] === 'any' || choice?.['type'] === 'tool')) {
    const { name: _, ...rest } = choice
    set.set('tool_choice', JSON.stringify({ ...rest, type: 'auto' }))
  }
  for (const [name, value] of Object.entries(adaptThinking(outline, rules))) {
    if (value === undefined) drop.add(name)
    else set.set(name, JSON.stringify(value))
  }
  const gone = [...drop].filter((name) => !NEEDED.has(name) && outline.span(name) !== undefined)
  for (const name of gone) set.delete(name)
  return { drop: new Set(gone), rename: new Map(), set }
}
