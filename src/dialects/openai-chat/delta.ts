import { asArray, asRecord, asText, type JsonRecord } from '../shared/values.ts'

/** Text and reasoning in a message or a stream delta. */
export interface Spoken {
  thinking: string
  text: string
  refusal: string
}

/**
 * Reads what a message or a delta says. Reasoning is `reasoning_content` (DeepSeek, vLLM, NIM) or `reasoning` (Ollama,
 * OpenRouter; both hold the same when both are there). Mistral sends content as parts, reasoning among them.
 */
export function readSpoken(message: JsonRecord): Spoken {
  const spoken: Spoken = {
    thinking: asText(message['reasoning_content']) ?? asText(message['reasoning']) ?? '',
    text: '',
    refusal: asText(message['refusal']) ?? '',
  }
  const content = message['content']
  if (typeof content === 'string') spoken.text = content
  for (const part of asArray(content) ?? []) {
    const record = asRecord(part)
    if (record?.['type'] === 'thinking') spoken.thinking += plainText(record['thinking'])
    else spoken.text += asText(record?.['text']) ?? ''
  }
  return spoken
}

function plainText(value: unknown): string {
  if (typeof value === 'string') return value
  return (asArray(value) ?? []).map((part) => asText(asRecord(part)?.['text']) ?? '').join('')
}
