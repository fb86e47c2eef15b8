import type { JsonOutline } from '../../lib/json-outline.ts'
import { decodeImages } from '../ollama-chat/images.ts'
import { readSettings } from '../ollama-chat/read-facts.ts'
import { byteLength, estimateTokens } from '../shared/facts.ts'
import { readPrompt } from '../shared/turn-facts.ts'
import { asText } from '../shared/values.ts'
import type { RequestFacts } from '../types.ts'
import { checkPrompt, checkSuffix } from './decode-request.ts'

/**
 * Reads the routing facts of the body of POST /api/generate, whose prompt is the only turn.
 * Throws `BadRequest` as `decodeRequest` does.
 */
export function readFacts(outline: JsonOutline): RequestFacts {
  const settings = readSettings(outline)
  checkSuffix(outline.value('suffix'), settings.model)
  const vision = decodeImages(outline.value('images')).length > 0
  return {
    ...settings,
    ...readPrompt(checkPrompt(outline.value('prompt')), asText(outline.value('system')) ?? ''),
    tools: 0,
    toolsBytes: 0,
    vision,
    liveVision: vision,
    inputTokens: estimateTokens(byteLength(outline.span('system')) + byteLength(outline.span('prompt'))),
  }
}
