import type { OutputFormat } from '../../chat/request.ts'

/** What JSON mode cannot say: the schema, in words. OpenAI also refuses JSON mode when no message says "JSON". */
export function schemaInstruction(output: OutputFormat): string {
  return output.type === 'json'
    ? 'Answer with one JSON object.'
    : `Answer with one JSON object that is valid against this JSON Schema:\n${JSON.stringify(output.schema)}`
}
