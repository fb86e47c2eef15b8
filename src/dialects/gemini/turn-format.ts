import { mediaAmong, type TurnFormat, type TurnRole } from '../shared/lazy-turn.ts'
import { asRecord, asText, type JsonRecord } from '../shared/values.ts'
import { contentRole } from './decode-contents.ts'
import { decodeMedia } from './decode-parts.ts'
import { field, recordsOf } from './fields.ts'

/** Bytes at either end of a content in which its role is looked for before the content is parsed. */
const ROLE_WINDOW = 48
/** Google's own clients write the role last, others first. In a string these quotes would be escaped. */
const ROLE_LAST = /[,{]\s*"role"\s*:\s*"(user|model|function)"\s*\}$/
const ROLE_FIRST = /^\{\s*"role"\s*:\s*"(user|model|function)"\s*,\s*"parts"/

/** Contents of a generateContent request. Names of fields have two spellings; their ends are searched for. */
export const contentTurns: TurnFormat = {
  member: 'contents',
  // Of `inlineData` and `fileData`. A search is fast when it starts with a rare letter.
  mediaMarks: ['Data"', '_data"'],
  peekRole(bytes, { start, end }) {
    const tail = ROLE_LAST.exec(bytes.toString('latin1', Math.max(start, end - ROLE_WINDOW), end))
    const role = (tail ?? ROLE_FIRST.exec(bytes.toString('latin1', start, Math.min(end, start + ROLE_WINDOW))))?.[1]
    return role === undefined ? undefined : turnRole(role, '')
  },
  readRole: (content, param) => turnRole(content['role'], `${param}.role`),
  mayHaveText: (outline, span) => outline.includes(span, 'xt"'),
  readTexts: (content) => recordsOf(content['parts']).flatMap((part) => asText(part['text']) ?? []),
  readMedia: (content) => mediaAmong(recordsOf(content['parts']).flatMap(mediaOf)),
  hasResult: (content) => recordsOf(content['parts']).some((part) => responseIn(part) !== undefined),
}

function turnRole(role: unknown, param: string): TurnRole {
  const read = contentRole(role, param)
  return read === 'model' ? 'assistant' : read
}

function mediaOf(part: JsonRecord): NonNullable<ReturnType<typeof decodeMedia>>[] {
  const response = responseIn(part)
  const parts = response === undefined ? [part] : recordsOf(response['parts'])
  return parts.flatMap((each) => decodeMedia(each) ?? [])
}

function responseIn(part: JsonRecord): JsonRecord | undefined {
  return asRecord(field(part, 'functionResponse'))
}
