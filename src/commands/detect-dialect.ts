import type { DialectId } from '../dialects/types.ts'
import type { JsonOutline } from '../lib/json-outline.ts'

/** Top-level members that only the Messages API has (platform.claude.com/docs/en/api/messages). */
const ANTHROPIC_KEYS = ['system', 'stop_sequences', 'anthropic_version']
/** Block types and fields inside messages and tools that only the Messages API has. */
const ANTHROPIC_TOOL = '"input_schema"'
const ANTHROPIC_BLOCKS = ['"tool_use"', '"tool_result"', '"cache_control"']
/** Top-level members that only Ollama's chat API has (docs.ollama.com/api). */
const OLLAMA_KEYS = ['options', 'keep_alive', 'think']

/** Tells the dialect of a request body by its shape; undefined when it is none. Unclear ones are chat requests. */
export function detectDialect(outline: JsonOutline): DialectId | undefined {
  const has = (key: string): boolean => outline.span(key) !== undefined
  const messages = outline.span('messages')
  if (messages === undefined) {
    if (has('contents')) return 'gemini'
    return has('input') && has('model') ? 'openai-responses' : undefined
  }
  const tools = outline.span('tools')
  const isAnthropic =
    ANTHROPIC_KEYS.some(has) ||
    (tools !== undefined && outline.includes(tools, ANTHROPIC_TOOL)) ||
    ANTHROPIC_BLOCKS.some((block) => outline.includes(messages, block))
  if (isAnthropic) return 'anthropic-messages'
  return OLLAMA_KEYS.some(has) ? 'ollama-chat' : 'openai-chat'
}
