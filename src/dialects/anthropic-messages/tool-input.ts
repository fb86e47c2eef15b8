import { isObject, parseJson } from './shape.ts'
import type { JsonObject } from './shape.ts'

// The Messages API carries tool arguments as an object, everybody else as JSON text.

/** Name under which text that is not a JSON object is kept, so that nothing the model wrote is lost. */
const RAW = '_raw'

/** Arguments text to `tool_use.input`. '' is `{}`; anything but a JSON object becomes `{"_raw": text}`. */
export function toToolInput(text: string): JsonObject {
  if (text.trim() === '') return {}
  const value = parseJson(text)
  return isObject(value) ? value : { [RAW]: text }
}

/**
 * `tool_use.input` to arguments text. Some clients replay malformed arguments as a string: one that holds a JSON
 * object is kept as it is, other text becomes `{"_raw": text}`.
 */
export function toArguments(input: unknown): string {
  if (isObject(input)) return JSON.stringify(input)
  if (input === undefined || input === null || input === '') return '{}'
  if (typeof input !== 'string') return JSON.stringify({ [RAW]: JSON.stringify(input) })
  return isObject(parseJson(input)) ? input : JSON.stringify({ [RAW]: input })
}
