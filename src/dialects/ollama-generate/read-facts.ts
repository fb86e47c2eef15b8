import type { JsonOutline } from '../../lib/json-outline.ts'
import { decodeImages } from '../ollama-chat/images.ts'
import { byteLength, readSettings } from '../ollama-chat/read-facts.ts'
import { clip, openingOf } from '../ollama-chat/read-turns.ts'
import { humanText } from '../human-turn.ts'
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
  const turn = clip(humanText([checkPrompt(outline.value('prompt'))]))
  const vision = decodeImages(outline.value('images')).length > 0
  return {
    ...settings,
    turn,
    previousTurn: '',
    firstTurn: turn,
    system: openingOf(asText(outline.value('system')) ?? ''),
    inToolLoop: false,
    tools: 0,
    toolForced: false,
    toolsBytes: 0,
    vision,
    liveVision: vision,
    documents: false,
    inputTokens: Math.ceil((byteLength(outline.span('system')) + byteLength(outline.span('prompt'))) / 4),
  }
}
