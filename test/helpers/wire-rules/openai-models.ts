// What OpenAI's reasoning models refuse.
import type { Json } from '../grid-json.ts'
import { wordOf, type Violations } from './violations.ts'

/** Models that reason: the numbered ones from 5 on, but for their chat variants, and the o series. */
const REASONING = /(?:^|\/)(?:gpt-(?:[5-9]|\d\d)(?!.*-chat)|o[134](?:-|$))/

/**
 * "Unsupported parameter: 'temperature' is not supported with this model." Sampling goes with effort `none` alone
 * (https://platform.openai.com/docs/guides/latest-model), stop sequences with no reasoning model.
 */
export function checkReasoningModel(body: Json, effort: unknown, found: Violations): void {
  if (!REASONING.test(String(body['model']))) return
  const limit = body['max_completion_tokens']
  found.need(!(typeof limit === 'number' && limit < 4), 'max_completion_tokens', 'could not finish the message')
  if (body['stop'] !== undefined && body['stop'] !== null) found.add('stop', 'is not supported with this model')
  // Some do not reason unless they are asked to.
  if (effort === 'none' || (effort === undefined && /gpt-5\.[1-4]/.test(String(body['model'])))) return
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

/** Efforts that a model takes ("Unsupported value: 'minimal' is not supported with the 'gpt-5.1' model"). */
export function checkEffort(model: unknown, effort: unknown, path: string, found: Violations): void {
  if (effort === undefined || effort === null) return
  const known = EFFORTS_BY_MODEL.find(([pattern]) => pattern.test(String(model)))?.[1]
  found.need(
    known === undefined || known.split(' ').includes(wordOf(effort)),
    path,
    `unsupported value ${wordOf(effort)}`,
  )
}

const EFFORTS_BY_MODEL: readonly (readonly [pattern: RegExp, efforts: string])[] = [
  [/(?:^|\/)(?:gpt-4|gpt-3|chatgpt)|-chat/, ''],
  [/(?:^|\/)o[134]/, 'low medium high'],
  [/(?:^|\/)gpt-5(?:-(?:mini|nano).*)?$/, 'minimal low medium high'],
  [/(?:^|\/)gpt-5\.1/, 'none low medium high'],
  [/(?:^|\/)gpt-(?:5\.|[6-9])/, 'none low medium high xhigh'],
]
