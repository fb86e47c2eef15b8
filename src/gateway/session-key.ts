import { createHash } from 'node:crypto'
import type { Facts } from '../policy/types.ts'

/** Headers in which clients name their session (recorded traffic of Claude Code, Codex and opencode). */
const SESSION_HEADERS = ['x-claude-code-session-id', 'session-id', 'session_id', 'x-session-id', 'x-session-affinity']

/**
 * Names the agent session a request belongs to: what stays the same through a conversation, with the client's own
 * session id where it gives one. Side calls (titles, topic checks) share that id but not the prompt, so they are
 * sessions of their own and never move the main one.
 */
export function sessionKey(facts: Facts): string {
  const id = SESSION_HEADERS.map((name) => facts.headers[name] ?? '').find((value) => value !== '') ?? facts.session
  const tools = id === '' ? String(facts.toolsBytes) : ''
  const parts = [facts.dialect, facts.model, facts.client, id, tools, facts.system, facts.firstTurn]
  return createHash('sha256').update(parts.join('\0')).digest('base64url')
}
