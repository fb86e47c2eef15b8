import type { JsonOutline } from '../../lib/json-outline.ts'
import { asPositive, toRecord, type JsonRecord } from '../shared/values.ts'
import type { BodyAdaption, EncodeTarget } from '../types.ts'
import { contextSize, fitsDefault } from './context-size.ts'
import { readMaxTokens } from './decode-fields.ts'
import { isCloudModel } from './model-name.ts'

/** Members without which there is no request, or another one: quirks cannot drop them. */
const NEEDED = new Set(['model', 'messages', 'stream'])

/**
 * What must change in a body of this dialect before this target takes it whole: the parameters that the provider refuses
 * go, at the top and in `options`; a request that is larger than the server's default context says how much it needs,
 * unless the client said so itself.
 */
export function adaptBody(outline: JsonOutline, target: EncodeTarget): BodyAdaption {
  const refused = (target.quirks.drop_parameters ?? []).filter((name) => !NEEDED.has(name))
  const drop = new Set(refused.filter((name) => outline.span(name) !== undefined))
  const set = new Map<string, string>()
  if (!refused.includes('options')) {
    const given = toRecord(outline.value('options'))
    const options = { ...given, ...neededContext(given, target) }
    for (const name of refused) delete options[name]
    if (!isSame(options, given)) set.set('options', JSON.stringify(options))
  }
  return { drop, rename: new Map(), set }
}

/** `num_ctx` for a request that the server's default would cut; the cloud gives every request the whole window. */
function neededContext(options: JsonRecord, { model, inputTokens, context }: EncodeTarget): JsonRecord {
  if (asPositive(options['num_ctx']) !== undefined || isCloudModel(model)) return {}
  const need = { inputTokens, maxTokens: readMaxTokens(options), context }
  return fitsDefault(need) ? {} : { num_ctx: contextSize(need) }
}

function isSame(options: JsonRecord, given: JsonRecord): boolean {
  return Object.keys({ ...options, ...given }).every((name) => options[name] === given[name])
}
