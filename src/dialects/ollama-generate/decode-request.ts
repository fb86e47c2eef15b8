import type { ChatRequest, Message } from '../../chat/request.ts'
import { decodeSettings, readStream } from '../ollama-chat/decode-fields.ts'
import { decodeImages } from '../ollama-chat/images.ts'
import { checkModel } from '../shared/request-fields.ts'
import { asText } from '../shared/values.ts'
import { BadRequest } from '../types.ts'

/**
 * Decodes the body of POST /api/generate: the prompt becomes a conversation of one turn. `raw` and `template` are about
 * a local model's template and are left out, as is `context`, the tokens of an earlier answer, which no other provider
 * could read. A request without a prompt only loads the model: see `generateLoadReply`.
 * Throws `BadRequest` when `model` or `prompt` is not a string, and for a `suffix`.
 */
export function decodeRequest(body: Record<string, unknown>): ChatRequest {
  const model = checkModel(body['model'])
  checkSuffix(body['suffix'], model)
  const prompt = checkPrompt(body['prompt'])
  const system = asText(body['system'])
  const messages: Message[] = []
  if (system !== undefined) messages.push({ role: 'system', content: [{ type: 'text', text: system }] })
  messages.push({
    role: 'user',
    content: [...decodeImages(body['images']), ...(prompt === '' ? [] : [{ type: 'text' as const, text: prompt }])],
  })
  return { model, messages, tools: [], stream: readStream(body['stream']), ...decodeSettings(body) }
}

/** The prompt; absent and null are ''. */
export function checkPrompt(prompt: unknown): string {
  if (prompt === undefined || prompt === null) return ''
  if (typeof prompt !== 'string') throw new BadRequest('prompt must be a string', 'prompt')
  return prompt
}

/** Text to stop before cannot be carried, and without it the answer would be wrong. Ollama's own words. */
export function checkSuffix(suffix: unknown, model: string): void {
  if (asText(suffix) !== undefined) throw new BadRequest(`"${model}" does not support insert`, 'suffix')
}
