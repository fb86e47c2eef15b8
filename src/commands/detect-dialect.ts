import type { JsonOutline } from '../lib/json-outline.ts'

/** Top-level members that only the Messages API has (platform.claude.com/docs/en/api/messages). */
const ANTHROPIC_KEYS = ['system', 'stop_sequences', 'anthropic_version']
/** Block types and fields inside messages and tools that only the Messages API has. */
const ANTHROPIC_TOOL = '"input_schema"'
const ANTHROPIC_BLOCKS = ['"tool_use"', '"tool_result"', '"cache_control"']

/** Tells the dialect of a request body by its shape; undefined when it has no messages. Unclear ones are chat requests. */
export function detectDialect(outline: JsonOutline): 'openai-chat' | 'anthropic-messages' | undefined {
  const messages = outline.span('messages')
  if (messages === undefined) return undefined
  const tools = outline.span('tools')
  const isAnthropic =
    ANTHROPIC_KEYS.some((key) => outline.span(key) !== undefined) ||
    (tools !== undefined && outline.includes(tools, ANTHROPIC_TOOL)) ||
    ANTHROPIC_BLOCKS.some((block) => outline.includes(messages, block))
  return isAnthropic ? 'anthropic-messages' : 'openai-chat'
}
