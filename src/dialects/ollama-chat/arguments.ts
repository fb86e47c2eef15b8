// Ollama carries tool arguments as an object, the canonical form as JSON text.
import { isRecord } from '../../lib/is-record.ts'

/** Arguments as JSON text. Text stays as it is; nothing at all is `{}`. */
export function argumentsText(value: unknown): string {
  if (typeof value === 'string') return value.trim() === '' ? '{}' : value
  return isRecord(value) ? JSON.stringify(value) : '{}'
}
