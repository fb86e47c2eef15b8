import type { OutputFormat } from '../../chat/request.ts'
import { asBoolean, asRecord, asText } from '../shared/values.ts'

/** Decodes `response_format`; `text` and unknown types are undefined. */
export function decodeOutput(format: unknown): OutputFormat | undefined {
  const record = asRecord(format)
  if (record?.['type'] === 'json_object') return { type: 'json' }
  if (record?.['type'] !== 'json_schema') return undefined
  const wrapper = asRecord(record['json_schema'])
  const schema = asRecord(wrapper?.['schema'])
  // A named format without a schema asks for JSON and says no more.
  if (schema === undefined) return { type: 'json' }
  const name = asText(wrapper?.['name'])
  const strict = asBoolean(wrapper?.['strict'])
  return {
    type: 'json_schema',
    schema,
    ...(name !== undefined && { name }),
    ...(strict !== undefined && { strict }),
  }
}
