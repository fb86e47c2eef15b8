import type { JsonOutline } from '../../lib/json-outline.ts'
import type { Quirks } from '../quirks.ts'
import type { BodyAdaption } from '../types.ts'

/** Members without which there is no request, or another one: quirks cannot drop them. */
const NEEDED = new Set(['model', 'messages', 'stream'])

/**
 * What must change in a body of this dialect before a provider of this dialect with these quirks takes it: the
 * parameters that it refuses go, at the top and in `options`.
 */
export function adaptBody(outline: JsonOutline, quirks: Quirks): BodyAdaption {
  const names = (quirks.drop_parameters ?? []).filter((name) => !NEEDED.has(name))
  const drop = new Set(names.filter((name) => outline.span(name) !== undefined))
  const set = new Map<string, string>()
  const options = names.length === 0 ? undefined : outline.value('options')
  if (typeof options === 'object' && options !== null && !drop.has('options')) {
    const kept = Object.entries(options).filter(([name]) => !names.includes(name))
    if (kept.length < Object.keys(options).length) set.set('options', JSON.stringify(Object.fromEntries(kept)))
  }
  return { drop, rename: new Map(), set }
}
