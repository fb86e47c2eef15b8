import { distance } from 'fastest-levenshtein'
import { didYouMean } from '../../diagnostics/suggest.ts'
import { FACT_READERS } from '../../dialects/fact-readers.ts'
import type { DialectId } from '../../dialects/types.ts'
import { isRecord } from '../../lib/is-record.ts'
import { parseWall } from '../wall-time.ts'
import type { Case, CaseRequest, Place } from './case.ts'
import type { CaseMistake } from './mistakes.ts'
import { readExpectation } from './read-expectation.ts'

/** Members that hold a conversation in one dialect or another. */
const BODY_KEYS = ['messages', 'contents', 'input']
/** Members of a case. What else stands beside a prompt is a note for people; beside messages it belongs to the body. */
const CASE_KEYS = ['id', 'name', 'expect', 'dialect', 'headers', 'now', 'wall', 'affinity', 'health']
/** Those whose misspelling would go unnoticed. */
const TELLING_KEYS = ['expect', 'dialect', 'headers', 'affinity', 'health', 'prompt', 'request', 'messages']
/** Edits up to which a name is taken for a misspelt one. */
const TYPO = 2

/**
 * Reads one case: `{ id, prompt | messages | request | file, … }`, or the bare body of a request.
 * `text` is its JSON as written, when it has one: a bare body is then explained byte for byte.
 */
export function readCase(value: unknown, place: Place, mistakes: CaseMistake[], text?: string): Case | undefined {
  if (typeof value === 'string' && value.trim() !== '')
    return { id: '', place, request: { kind: 'prompt', prompt: value } }
  if (!isRecord(value)) return wrong(mistakes, '', 'a case must be an object')
  const before = mistakes.length
  const request = readRequest(value, mistakes, text)
  const known: Omit<Case, 'request'> = {
    id: readId(value, mistakes),
    place,
    ...given('dialect', readDialect(value['dialect'], mistakes)),
    ...given('model', 'messages' in value ? undefined : readText(value, 'model', mistakes)),
    ...given('headers', readHeaders(value['headers'], mistakes)),
    ...given('now', readCount(value, 'now', mistakes)),
    ...given('wall', readWall(value['wall'], mistakes)),
    ...given('seed', isBody(value) ? undefined : readCount(value, 'seed', mistakes)),
    ...given('affinity', readText(value, 'affinity', mistakes)),
    ...given('health', readRecord(value, 'health', mistakes)),
    ...given('expect', value['expect'] === undefined ? undefined : readExpectation(value['expect'], mistakes)),
  }
  reportTypos(value, mistakes)
  return request === undefined || mistakes.length > before ? undefined : { request, ...known }
}

function readRequest(value: Record<string, unknown>, mistakes: CaseMistake[], text?: string): CaseRequest | undefined {
  const { prompt, request, file, body, path, tools } = value
  if (prompt !== undefined && !isBody(value)) return readPrompt(value, mistakes)
  if (isRecord(request)) return { kind: 'body', text: JSON.stringify(request) }
  if (typeof request === 'string' && request !== '') return { kind: 'file', path: request }
  if (typeof file === 'string' && file !== '') return { kind: 'file', path: file }
  // As a recording has it: where it was sent, and what.
  if (isRecord(body) && typeof path === 'string') return { kind: 'body', text: JSON.stringify(body), path }
  if (isBody(value)) {
    if (text !== undefined && !CASE_KEYS.some((key) => key in value)) return { kind: 'body', text }
    const bare = Object.fromEntries(Object.entries(value).filter(([key]) => !CASE_KEYS.includes(key)))
    return { kind: 'body', text: JSON.stringify(bare) }
  }
  const hint = tools === undefined ? undefined : '`tools` needs a `prompt` or `messages` beside it'
  return wrong(mistakes, '', 'there is nothing to explain: give a `prompt`, `messages`, a `request` or a `file`', hint)
}

function readPrompt(value: Record<string, unknown>, mistakes: CaseMistake[]): CaseRequest | undefined {
  const { prompt, tools, dialect } = value
  if (typeof prompt !== 'string') return wrong(mistakes, 'prompt', 'it must be a text')
  // Ollama's generate API has its prompt in the body.
  if (dialect === 'ollama-generate') return { kind: 'body', text: JSON.stringify(value) }
  if (prompt.trim() === '') return wrong(mistakes, 'prompt', 'it is empty')
  if (tools !== undefined && !Array.isArray(tools)) return wrong(mistakes, 'tools', 'it must be a list')
  return { kind: 'prompt', prompt, ...(tools === undefined ? {} : { tools: tools as unknown[] }) }
}

function isBody(value: Record<string, unknown>): boolean {
  return BODY_KEYS.some((key) => key in value)
}

function readId({ id, name }: Record<string, unknown>, mistakes: CaseMistake[]): string {
  const given = id ?? name ?? ''
  if (typeof given === 'string' || typeof given === 'number') return String(given)
  wrong(mistakes, id === undefined ? 'name' : 'id', 'it must be a text or a number')
  return ''
}

function readDialect(value: unknown, mistakes: CaseMistake[]): DialectId | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'string' && Object.hasOwn(FACT_READERS, value)) return value as DialectId
  const known = Object.keys(FACT_READERS)
  const hint = typeof value === 'string' ? didYouMean(value, known) : undefined
  return wrong(mistakes, 'dialect', `it must be one of ${known.join(', ')}`, hint)
}

function readHeaders(value: unknown, mistakes: CaseMistake[]): Record<string, string> | undefined {
  if (value === undefined) return undefined
  const entries = isRecord(value) ? Object.entries(value) : []
  const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string')
  if (!isRecord(value) || texts.length < entries.length) {
    return wrong(mistakes, 'headers', 'it must be a map of names to texts')
  }
  return Object.fromEntries(texts.map(([name, text]) => [name.toLowerCase(), text]))
}

function readText(value: Record<string, unknown>, key: string, mistakes: CaseMistake[]): string | undefined {
  const given = value[key]
  return given === undefined || typeof given === 'string' ? given : wrong(mistakes, key, 'it must be a text')
}

function readCount(value: Record<string, unknown>, key: string, mistakes: CaseMistake[]): number | undefined {
  const given = value[key]
  if (given === undefined || (Number.isSafeInteger(given) && Number(given) >= 0)) return given as number | undefined
  return wrong(mistakes, key, 'it must be a whole number from 0')
}

function readWall(value: unknown, mistakes: CaseMistake[]): string | number | undefined {
  if (value === undefined) return undefined
  // Whether it is a time does not depend on the zone.
  if ((typeof value === 'string' || typeof value === 'number') && parseWall(value, 'UTC') !== undefined) return value
  return wrong(mistakes, 'wall', 'it must be a time such as 2026-03-01T22:30:00Z, or ms since 1970')
}

function readRecord(
  value: Record<string, unknown>,
  key: string,
  mistakes: CaseMistake[],
): Record<string, unknown> | undefined {
  const given = value[key]
  return given === undefined || isRecord(given) ? given : wrong(mistakes, key, 'it must be an object')
}

function reportTypos(value: Record<string, unknown>, mistakes: CaseMistake[]): void {
  for (const key of Object.keys(value)) {
    if (key.length < 5 || TELLING_KEYS.includes(key)) continue
    const meant = TELLING_KEYS.find((known) => distance(known, key.toLowerCase()) <= TYPO)
    if (meant !== undefined) wrong(mistakes, '', `unknown member \`${key}\``, `did you mean "${meant}"?`)
  }
}

function given<Key extends string, Value>(key: Key, value: Value | undefined): { [Name in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { [Name in Key]?: Value }
}

function wrong(mistakes: CaseMistake[], path: string, message: string, hint?: string): undefined {
  mistakes.push({ code: 'SAGE2002', path, message, ...(hint === undefined ? {} : { hint }) })
}
