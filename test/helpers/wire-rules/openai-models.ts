// What OpenAI's reasoning models refuse.
import type { Json } from '../grid-json.ts'
import type { Violations } from './violations.ts'

/** Models that reason: the numbered ones from 5 on, but for their chat variants, and the o series. */
const REASONING = /(?:^|\/)(?:gpt-(?:[5-9]|\d\d)(?!.*-chat)|o[134](?:-|$))/

/**
 * "Unsupported parameter: 'temperature' is not supported with this model." Sampling goes with effort `none` alone
 * (https://platform.openai.com/docs/guides/latest-model), stop sequences with no reasoning model.
 */
export function checkReasoningModel(body: Json, effort: unknown, found: Violations): void {
  if (!REASONING.test(String(body['model']))) return
  if (body['stop'] !== undefined && body['stop'] !== null) found.add('stop', 'is not supported with this model')
  if (effort === 'none') return
  for (const [name, usual] of [
    ['temperature', 1],
    ['top_p', 1],
    ['presence_penalty', 0],
    ['frequency_penalty', 0],
  ] as const) {
    found.need(
      (body[name] ?? usual) === usual,
      name,
      'unsupported value: only the default is supported with this model',
    )
  }
}
