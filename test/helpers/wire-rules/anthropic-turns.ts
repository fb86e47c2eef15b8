// The turns of Anthropic Messages: who speaks, and results directly behind their calls.
import { list, textAt, type Json } from '../grid-json.ts'
import { checkBlock } from './anthropic-blocks.ts'
import { arrayAt, repeated, type Violations } from './violations.ts'

interface Turn {
  role: string
  blocks: Json[]
  path: string
}

/** `thinking` is the type of the request's `thinking`. */
export function checkTurns(messages: readonly Json[], thinking: unknown, found: Violations): void {
  found.need(messages.length > 0, 'messages', 'at least one message is required')
  const turns: Turn[] = []
  for (const [n, message] of messages.entries()) {
    const path = `messages[${n}]`
    const role = textAt(message, 'role')
    found.known(message, path, ['role', 'content'])
    if (role === 'system') {
      // Taken since mid-2026, in the middle of a conversation.
      found.need(n > 0, `${path}.role`, "unexpected role 'system'")
      continue
    }
    if (!found.need(role === 'user' || role === 'assistant', `${path}.role`, `unexpected role ${role}`)) continue
    const isLast = n === messages.length - 1
    const blocks = checkContent(message, role, isLast, path, found)
    // Turns of one role in a row are taken as one.
    const last = turns.at(-1)
    if (last?.role === role) last.blocks.push(...blocks)
    else turns.push({ role, blocks, path })
  }
  found.need(turns[0]?.role === 'user', 'messages', 'first message must use the "user" role')
  checkPairs(turns, found)
  if (thinking === 'enabled') checkOpenLoop(turns, found)
}

function checkContent(message: Json, role: string, isLast: boolean, path: string, found: Violations): Json[] {
  const content = message['content']
  const isFilled = typeof content === 'string' ? content !== '' : (arrayAt(content)?.length ?? 0) > 0
  found.need(isFilled || (isLast && role === 'assistant'), path, 'all messages must have non-empty content')
  if (typeof content === 'string') {
    found.need(content === '' || content.trim() !== '', path, 'text content blocks must contain non-whitespace text')
    return [{ type: 'text', text: content }]
  }
  list(message, 'content').forEach((block, n) => checkBlock(block, role, `${path}.content[${n}]`, found))
  return [...list(message, 'content')]
}

/** "`tool_use` ids were found without `tool_result` blocks immediately after", and the other way round. */
function checkPairs(turns: readonly Turn[], found: Violations): void {
  const all = turns.flatMap((turn) => idsOf(turn.blocks, 'tool_use', 'id'))
  found.need(repeated(all).length === 0, 'messages', `tool_use ids must be unique: ${repeated(all).join(', ')}`)
  for (const [n, turn] of turns.entries()) {
    if (turn.role === 'user') {
      const asked = new Set(n === 0 ? [] : idsOf(turns[n - 1]?.blocks ?? [], 'tool_use', 'id'))
      const given = idsOf(turn.blocks, 'tool_result', 'tool_use_id')
      for (const id of given) found.need(asked.has(id), turn.path, `unexpected tool_use_id in tool_result: ${id}`)
      found.need(repeated(given).length === 0, turn.path, 'each tool_use must have a single result')
      const first = turn.blocks.findIndex(({ type }) => type !== 'tool_result')
      const isLed = first === -1 || turn.blocks.slice(first).every(({ type }) => type !== 'tool_result')
      found.need(isLed, turn.path, 'tool_result blocks must come first')
      continue
    }
    const answered = new Set(idsOf(turns[n + 1]?.blocks ?? [], 'tool_result', 'tool_use_id'))
    const lost = idsOf(turn.blocks, 'tool_use', 'id').filter((id) => !answered.has(id))
    found.need(lost.length === 0, turn.path, `tool_use ids without tool_result immediately after: ${lost.join(', ')}`)
  }
}

/** "Expected `thinking` or `redacted_thinking`, but found `tool_use`": the turn of an open tool loop begins with it. */
function checkOpenLoop(turns: readonly Turn[], found: Violations): void {
  const last = turns.at(-1)
  const asked = turns.at(-2)
  if (last?.role !== 'user' || asked === undefined || !last.blocks.some(({ type }) => type === 'tool_result')) return
  found.need(textAt(asked.blocks[0], 'type').endsWith('thinking'), asked.path, 'expected thinking before tool_use')
}

function idsOf(blocks: readonly Json[], type: string, field: string): string[] {
  return blocks.filter((block) => block['type'] === type).map((block) => textAt(block, field))
}
