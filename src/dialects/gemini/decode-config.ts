import type { ChatRequest, Effort, OutputFormat, ThinkingRequest } from '../../chat/request.ts'
import { type JsonRecord, asArray, asNumber, asPositive, asRecord, asText } from '../shared/values.ts'
import { fromOpenApi } from './decode-schema.ts'
import { field } from './fields.ts'

/** Decodes `generationConfig`. Fields without a canonical form (candidateCount, mediaResolution …) are left out. */
export function decodeConfig(config: JsonRecord | undefined): Partial<ChatRequest> {
  const maxTokens = readMaxTokens(config)
  const temperature = asNumber(field(config, 'temperature'))
  const topP = asNumber(field(config, 'topP'))
  const topK = asNumber(field(config, 'topK'))
  const seed = asNumber(field(config, 'seed'))
  const presencePenalty = asNumber(field(config, 'presencePenalty'))
  const frequencyPenalty = asNumber(field(config, 'frequencyPenalty'))
  const stop = (asArray(field(config, 'stopSequences')) ?? []).flatMap((text) => asText(text) ?? [])
  const output = decodeOutput(config)
  const thinking = decodeThinking(config)
  return {
    ...(maxTokens !== undefined && { maxTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(topK !== undefined && { topK }),
    ...(stop.length > 0 && { stop }),
    ...(seed !== undefined && { seed }),
    ...(presencePenalty !== undefined && { presencePenalty }),
    ...(frequencyPenalty !== undefined && { frequencyPenalty }),
    ...(output !== undefined && { output }),
    ...(thinking !== undefined && { thinking }),
  }
}

/** Output limit in tokens; undefined when unset. */
export function readMaxTokens(config: JsonRecord | undefined): number | undefined {
  return asPositive(field(config, 'maxOutputTokens'))
}

/** JSON output, with the schema when one is given: as JSON Schema or as Gemini's own `Schema`. */
export function decodeOutput(config: JsonRecord | undefined): OutputFormat | undefined {
  if (field(config, 'responseMimeType') !== 'application/json') return undefined
  const schema = asRecord(field(config, 'responseJsonSchema'))
  if (schema !== undefined) return { type: 'json_schema', schema }
  const openApi = asRecord(field(config, 'responseSchema'))
  return openApi === undefined ? { type: 'json' } : { type: 'json_schema', schema: fromOpenApi(openApi) }
}

const EFFORTS: Readonly<Record<string, Effort>> = { MINIMAL: 'minimal', LOW: 'low', MEDIUM: 'medium', HIGH: 'high' }

/**
 * What the client asks of reasoning (ai.google.dev/gemini-api/docs/thinking): a level, or a budget in tokens with 0 for
 * none and -1 for as much as the model likes. A wish to see the thoughts leaves the amount to the model.
 */
export function decodeThinking(config: JsonRecord | undefined): ThinkingRequest | undefined {
  const thinking = asRecord(field(config, 'thinkingConfig'))
  const level = (asText(field(thinking, 'thinkingLevel')) ?? '').toUpperCase()
  const effort = Object.hasOwn(EFFORTS, level) ? EFFORTS[level] : undefined
  if (effort !== undefined) return { mode: 'on', effort }
  const budget = asNumber(field(thinking, 'thinkingBudget'))
  if (budget === 0) return { mode: 'off' }
  if (budget !== undefined && budget > 0) return { mode: 'on', budgetTokens: budget }
  return budget !== undefined || field(thinking, 'includeThoughts') === true ? { mode: 'auto' } : undefined
}
