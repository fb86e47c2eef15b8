import { isRecord } from '../../lib/is-record.ts'
import { parseJson, type JsonRecord } from './values.ts'

// Messages, Gemini and Ollama carry tool arguments as an object, OpenAI and the canonical form as JSON text.

/** Name under which text that is not a JSON object is kept, so that nothing the model wrote is lost. */
const RAW = '_raw'

/** Arguments text as an object. '' is `{}`; anything but a JSON object becomes `{"_raw": text}`. */
export function toToolInput(text: string): JsonRecord {
  if (text.trim() === '') return {}
  const value = parseJson(text)
  return isRecord(value) ? value : { [RAW]: text }
}

/**
 * An object of arguments (`tool_use.input`) as text. Some clients replay malformed arguments as a string: one that holds a JSON
 * object is kept as it is, other text becomes `{"_raw": text}`.
 */
export function toArguments(input: unknown): string {
  if (isRecord(input)) return JSON.stringify(input)
  if (input === undefined || input === null || input === '') return '{}'
  if (typeof input !== 'string') return JSON.stringify({ [RAW]: JSON.stringify(input) })
  return isRecord(parseJson(input)) ? input : JSON.stringify({ [RAW]: input })
}
