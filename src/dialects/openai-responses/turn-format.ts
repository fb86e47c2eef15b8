import { decodeContent, MEDIA_MARKS } from '../shared/content.ts'
import { mediaAmong, type TurnFormat, type TurnRole } from '../shared/lazy-turn.ts'
import { decodeTexts, decodeToolOutput } from './decode-content.ts'
import { readHead } from './item-head.ts'
import { itemKind, type ItemKind } from './item-kind.ts'

/** Items of a Responses request. */
export const itemTurns: TurnFormat = {
  member: 'input',
  mediaMarks: MEDIA_MARKS,
  resultsLackMedia: true,
  peekRole(bytes, span) {
    const { type, role, content } = readHead(bytes, span)
    if (type === undefined ? role === undefined || !content : type === 'message' && role === undefined) return undefined
    return ROLES[itemKind(type, role)]
  },
  readRole: (item) => ROLES[itemKind(item['type'], item['role'])],
  readTexts: (item) => decodeTexts(item['content']).map(({ text }) => text),
  readMedia: (item) => mediaAmong([...decodeContent(item['content']), ...decodeToolOutput(item['output'])], true),
}

const ROLES: Readonly<Record<ItemKind, TurnRole>> = {
  system: 'system',
  user: 'user',
  assistant: 'assistant',
  reasoning: 'assistant',
  call: 'assistant',
  result: 'tool',
  tools: 'none',
  other: 'assistant',
}
