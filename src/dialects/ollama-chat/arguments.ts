// Ollama carries tool arguments as an object, the canonical form as JSON text.
import { isRecord } from '../../lib/is-record.ts'

/** Name under which text that is no JSON object is kept, so that a model sees what it wrote. */
const RAW = '_raw'

/** Arguments as JSON text. Text stays as it is; nothing at all is `{}`. */
export function argumentsText(value: unknown): string {
  if (typeof value === 'string') return value.trim() === '' ? '{}' : value
  return isRecord(value) ? JSON.stringify(value) : '{}'
}

/** Arguments as an object: '' is `{}`, text that is no JSON object becomes `{"_raw": text}`. */
export function argumentsObject(text: string): Record<string, unknown> {
  if (text.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    if (isRecord(value)) return value
  } catch {
    // A model wrote broken JSON.
  }
  return { [RAW]: text }
}
