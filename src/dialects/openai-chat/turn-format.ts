import { contentTexts, decodeContent, MEDIA_MARKS } from '../shared/content.ts'
import { mediaAmong, type TurnFormat, type TurnRole } from '../shared/lazy-turn.ts'

/** Bytes of a message in which its role is looked for before the message is parsed. */
const ROLE_WINDOW = 40
const ROLE = /^\{\s*"role"\s*:\s*"([a-z]+)"/

/** Messages of Chat Completions. */
export const chatTurns: TurnFormat = {
  member: 'messages',
  mediaMarks: MEDIA_MARKS,
  resultsLackMedia: true,
  peekRole(bytes, { start, end }) {
    const role = ROLE.exec(bytes.toString('latin1', start, Math.min(end, start + ROLE_WINDOW)))?.[1]
    return role === undefined ? undefined : turnRole(role)
  },
  readRole: (message) => turnRole(message['role']),
  readTexts: (message) => contentTexts(message['content']),
  readMedia: (message) => mediaAmong(decodeContent(message['content']), true),
}

function turnRole(role: unknown): TurnRole {
  switch (role) {
    case 'developer':
      return 'system'
    case 'function':
      return 'tool'
    case 'system':
    case 'user':
    case 'tool':
      return role
    default:
      return 'assistant'
  }
}
