import type { Medium, TurnFormat, TurnRole } from '../shared/lazy-turn.ts'
import { recordsIn, toRecord, toText, type JsonRecord } from '../shared/values.ts'

/** Role and start of the content as every known client writes them: then the message need not be parsed to skip it. */
const USUAL_START = /^\{\s*"role"\s*:\s*"(user|assistant|system)"\s*,\s*"content"\s*:\s*(.)/
const START_WINDOW = 64

/** Messages of the Messages API. */
export const messageTurns: TurnFormat = {
  member: 'messages',
  mediaMarks: ['mage"', 'ment"'],
  peekRole: (bytes, span) => usualStart(bytes, span)?.[1] as TurnRole | undefined,
  readRole: ({ role }) => (role === 'user' || role === 'system' ? role : 'assistant'),
  mayHaveText: (outline, span) => usualStart(outline.bytes, span)?.[2] !== '[' || outline.includes(span, 'xt"'),
  readTexts: ({ content }) => (typeof content === 'string' ? [content] : textsIn(recordsIn(content))),
  readMedia: ({ content }) => recordsIn(content).flatMap(mediaIn),
  hasResult: ({ content }) => recordsIn(content).some((block) => block['type'] === 'tool_result'),
}

function usualStart(bytes: Buffer, { start, end }: { start: number; end: number }): RegExpExecArray | null {
  return USUAL_START.exec(bytes.toString('latin1', start, Math.min(end, start + START_WINDOW)))
}

function textsIn(blocks: readonly JsonRecord[]): string[] {
  return blocks.flatMap((block) => (block['type'] === 'text' ? [toText(block['text'])] : []))
}

/** Media by their blocks, also where only the vendor can read what they point to. */
function mediaIn(block: JsonRecord): Medium[] {
  const { type, source, content } = block
  if (type === 'tool_result') return recordsIn(content).flatMap(mediaIn)
  if (type !== 'image' && type !== 'document') return []
  const { type: kind, data } = toRecord(source)
  return [{ type, size: kind === 'base64' ? toText(data).length : 0 }]
}
