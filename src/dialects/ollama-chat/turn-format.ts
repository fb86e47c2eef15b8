import { contentTexts } from '../shared/content.ts'
import { mediaAmong, type TurnFormat } from '../shared/lazy-turn.ts'
import { readRole } from './decode-messages.ts'
import { decodeImages } from './images.ts'

/** Bytes of a message in which its role is looked for before the message is parsed. */
const ROLE_WINDOW = 40
const ROLE = /^\{\s*"role"\s*:\s*"([A-Za-z]+)"/

/** Messages of /api/chat. */
export const ollamaTurns: TurnFormat = {
  member: 'messages',
  mediaMarks: ['mages"'],
  peekRole(bytes, { start, end }) {
    const role = ROLE.exec(bytes.toString('latin1', start, Math.min(end, start + ROLE_WINDOW)))?.[1]
    return role === undefined ? undefined : (readRole(role) ?? 'none')
  },
  readRole: (message) => readRole(message['role']) ?? 'none',
  readTexts: (message) => contentTexts(message['content']),
  readMedia: (message) => mediaAmong(decodeImages(message['images'])),
}
