import { askedModel, findListed, pullSteps, showBody } from '../dialects/ollama-chat/index.ts'
import type { Gateway } from '../gateway/types.ts'
import { JsonOutline, JsonSyntaxError } from '../lib/json-outline.ts'
import { listModels, ollamaEntries } from './models.ts'

/** Lines to send, one or more; or what is wrong. */
export type OllamaAnswer = { lines: Record<string, unknown>[] } | { error: string; status: number; code: string }

/** Answers POST /api/show and /api/pull from the list of models. */
export function ollamaAnswer(gateway: Gateway, type: 'ollama-show' | 'ollama-pull', body: Buffer): OllamaAnswer {
  let outline: JsonOutline
  try {
    outline = new JsonOutline(body)
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error
    return { error: error.message, status: 400, code: 'bad_request' }
  }
  const name = askedModel({ model: outline.value('model'), name: outline.value('name') })
  const found = findListed(ollamaEntries(listModels(gateway.profile, gateway.catalog), gateway.catalog), name)
  if (type === 'ollama-pull') {
    const steps = pullSteps(found)
    if (outline.value('stream') !== false) return { lines: steps }
    const last = steps.at(-1) ?? {}
    return 'error' in last ? { error: String(last['error']), status: 500, code: 'pull_failed' } : { lines: [last] }
  }
  if (found !== undefined) return { lines: [showBody(found)] }
  return { error: `model '${name.slice(0, 200)}' not found`, status: 404, code: 'model_not_found' }
}
