import { JsonOutline, JsonSyntaxError } from '../../lib/json-outline.ts'

/** The outline is one of objects: a list is read as a member of one. */
const PREFIX = '{"cases":'

/** Lines on which the elements of a JSON list begin, from 1; of the list `cases` when the text is an object. */
export function elementLines(text: string): number[] {
  const outline = new JsonOutline(inObject(text))
  const list = outline.span('cases')
  const elements = list === undefined ? [] : (outline.elements(list) ?? [])
  const lines: number[] = []
  let line = 1
  let at = 0
  for (const { start } of elements) {
    for (; at < start; at++) if (outline.bytes[at] === 0x0a) line++
    lines.push(line)
  }
  return lines
}

/** What is wrong with a text that is no JSON, without quoting it, and on which line. */
export function findSyntaxError(text: string): { message: string; line: number } {
  const bytes = inObject(text)
  try {
    new JsonOutline(bytes)
    return { message: 'the text is malformed', line: 1 }
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error
    const line = bytes.subarray(0, error.offset).toString('latin1').split('\n').length
    return { message: error.message.replace(/ at byte \d+$/, ''), line }
  }
}

function inObject(text: string): Buffer {
  return Buffer.from(text.trimStart().startsWith('[') ? `${PREFIX}${text}}` : text)
}
