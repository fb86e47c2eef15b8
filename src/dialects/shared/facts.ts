import type { OutputFormat, ThinkingRequest, ToolChoice } from '../../chat/request.ts'
import type { Span } from '../../lib/json-outline.ts'
import type { RequestFacts } from '../types.ts'

// Routing facts that every dialect tells in its own words.

/** Facts of what was decoded from small members of the body. */
export function settingFacts(
  output: OutputFormat | undefined,
  thinking: ThinkingRequest | undefined,
  choice: ToolChoice | undefined,
): Pick<RequestFacts, 'json' | 'thinking' | 'toolForced'> {
  return {
    json: output === undefined ? 'none' : output.type === 'json' ? 'object' : 'schema',
    thinking: thinking === undefined ? 'unset' : thinking.mode === 'off' ? 'off' : 'on',
    toolForced: choice?.type === 'required' || choice?.type === 'tool',
  }
}

/** Estimated tokens of a text of so many bytes. */
export function estimateTokens(bytes: number): number {
  return Math.ceil(Math.max(0, bytes) / 4)
}

/** Bytes of a value; 0 when it is absent. */
export function byteLength(span: Span | undefined): number {
  return span === undefined ? 0 : span.end - span.start
}
