import { recordsIn, type JsonRecord } from '../shared/values.ts'

// Prompt caching works by marks: `cache_control` on a block caches everything up to it (tools, then system, then messages),
// at most four in a request (platform.claude.com/docs/en/build-with-claude/prompt-caching). Messages clients set their own;
// all others expect a cache that works unasked, as OpenAI's and Gemini's do.

const MARK: JsonRecord = { cache_control: { type: 'ephemeral' } }
/** Shortest prefix that any model caches is 1,024 tokens: that many characters of JSON at the least. */
const MIN_PREFIX = 4096

/**
 * The body with marks on the last tool, the end of the system prompt, the last turn of the person and the newest turn. Only
 * where it pays: a write costs a quarter more, so there must be a next request, of an agent or of a conversation, and
 * a prefix large enough for it to read. A body that has marks keeps its own.
 */
export function withCacheMarks(body: JsonRecord): JsonRecord {
  const tools = recordsIn(body['tools'])
  const system = recordsIn(body['system'])
  const messages = recordsIn(body['messages'])
  const prefix = JSON.stringify([tools, system])
  const hasNext = tools.length > 0 || messages.length > 1
  if (!hasNext || prefix.length < MIN_PREFIX || prefix.includes('"cache_control"')) return body
  const human = messages.findLastIndex((message) => message['role'] === 'user' && !isResultsOnly(message))
  const newest = messages.findLastIndex((message) => message['role'] === 'user')
  return {
    ...body,
    ...(tools.length > 0 && { tools: markLast(tools) }),
    ...(system.length > 0 && { system: markLast(system) }),
    messages: messages.map((message, at) => (at === human || at === newest ? markEnd(message) : message)),
  }
}

function isResultsOnly({ content }: JsonRecord): boolean {
  return recordsIn(content).every(({ type }) => type === 'tool_result')
}

function markEnd(message: JsonRecord): JsonRecord {
  return { ...message, content: markLast(recordsIn(message['content'])) }
}

function markLast(blocks: readonly JsonRecord[]): JsonRecord[] {
  return blocks.map((block, at) => (at === blocks.length - 1 ? { ...block, ...MARK } : block))
}
