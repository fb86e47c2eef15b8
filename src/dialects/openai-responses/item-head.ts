import type { Span } from '../../lib/json-outline.ts'

/** Bytes of an item in which its type and role are looked for before the item is parsed. */
const HEAD_WINDOW = 200
/** One leading member with a short plain string: `"type":"message",`, `"id":"msg_…",`, `"role":"user"`. */
const MEMBER = /\s*"([a-z_]+)"\s*:\s*"([^"\\]*)"\s*,?/y
const CONTENT = /\s*"content"\s*:/y

/** What the leading members of an object tell. */
export interface Head {
  type?: string
  role?: string
  /** The content follows: what is a message by then has no type. */
  content: boolean
}

export function readHead(bytes: Buffer, span: Span): Head {
  const head: Head = { content: false }
  const end = Math.min(span.end, span.start + HEAD_WINDOW)
  const text = bytes.toString('latin1', span.start, end)
  let at = 1
  for (;;) {
    MEMBER.lastIndex = at
    const match = MEMBER.exec(text)
    if (match === null) break
    at = MEMBER.lastIndex
    const name = match[1]
    if (name === 'content') head.content = true
    else if ((name === 'type' || name === 'role') && match[2] !== undefined) head[name] = match[2]
  }
  CONTENT.lastIndex = at
  head.content ||= CONTENT.test(text)
  return head
}
